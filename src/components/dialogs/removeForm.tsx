import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { shownName } from '../../protocol/names';
import { onlyRepeats, type Result } from '../../protocol/result';
import { formatSize } from '../../protocol/size';
import { lastName } from '../names';
import type { IRefusedRemovalQuestion, IRemoveQuestion } from './dialogs';
import { CommandPreview, Names } from './fields';

export interface IRemoveFormProps {
  question: IRemoveQuestion;
  trans: TranslationBundle;
}

export function removeTitle({ removals }: IRemoveQuestion, trans: TranslationBundle): string {
  const paths = removals.flatMap(({ paths }) => paths);
  const [path] = paths;
  return paths.length === 1 && path !== undefined
    ? trans.__('Remove %1?', lastName(path))
    : trans._n('Remove %1 Item?', 'Remove %1 Items?', paths.length);
}

/** What goes, what is checked before, and where its history stays. */
export function RemoveForm({ question, trans }: IRemoveFormProps): ReactElement {
  const { removals, withDatasets, here, commandLines } = question;
  const paths = removals.flatMap(({ paths }) => paths);
  const around = removals.filter(({ dataset, paths }) => !paths.includes(dataset)).map(({ dataset }) => lastName(dataset) || '/');
  const more = (rest: number) => trans._n('and %1 more', 'and %1 more', rest);
  return (
    <>
      {paths.length > 1 && <Names names={paths.map(path => shownName(path))} more={more} />}
      {withDatasets ? (
        <Checked here={here} trans={trans} />
      ) : (
        <p>{trans.__('This goes from the folder. What is not saved is never removed.')}</p>
      )}
      {around.length > 0 && (
        <p>
          {trans.__('Saved in %1 as a change; earlier versions stay in its history, and can be brought back.', around.join(', '))}
        </p>
      )}
      {commandLines.map(line => (
        <CommandPreview key={line} line={line} label={trans.__('Command')} />
      ))}
    </>
  );
}

/** What goes with a dataset, and what is checked before. */
function Checked({ here, trans }: Pick<IRemoveQuestion, 'here'> & { trans: TranslationBundle }): ReactElement {
  return (
    <>
      <p>
        {here === null || here.files === 0
          ? trans.__('This goes from this computer, with everything in it.')
          : trans._n(
              'This goes from this computer, with everything in it: %2 of annexed content, in %1 file.',
              'This goes from this computer, with everything in it: %2 of annexed content, in %1 files.',
              here.files,
              formatSize(here.bytes)
            )}
      </p>
      <p>
        {trans.__(
          'DataLad first checks that the content and all commits of each dataset are at another place, too, and that nothing is unsaved. It refuses otherwise. Files that Git ignores are not checked: they go.'
        )}
      </p>
    </>
  );
}

export interface IRefusedRemovalFormProps {
  question: IRefusedRemovalQuestion;
  trans: TranslationBundle;
}

/** The label of the one button that loses something. */
export function refusedLabel({ failure }: IRefusedRemovalQuestion, trans: TranslationBundle): string {
  return failure.kind === 'last-copy' ? trans.__('Remove and Lose It') : trans.__('Remove All the Same');
}

/** Why a removal was refused, what to do instead, and what is lost otherwise. */
export function RefusedRemovalForm({ question, trans }: IRefusedRemovalFormProps): ReactElement {
  const { failure, lost, here } = question;
  const names = [...new Set(lost.filter(result => !onlyRepeats(result)).map(result => nameOfLost(result, trans)))];
  const more = (rest: number) => trans._n('and %1 more', 'and %1 more', rest);
  return failure.kind === 'last-copy' ? (
    <>
      <p>{trans.__('No other place was found to have this:')}</p>
      <Names names={names} more={more} />
      <p>
        {trans.__(
          'Push it to a sibling first, then it can be removed. Content that another place has may have been dropped by now; it can be got again.'
        )}
      </p>
      <p>
        {here === null || here.files === 0
          ? trans.__('Removed all the same, nothing in it is checked any more: what no other place has is lost for good.')
          : trans._n(
              'Removed all the same, nothing in it is checked any more: what no other place has is lost for good. %1 file with %2 of annexed content is here now.',
              'Removed all the same, nothing in it is checked any more: what no other place has is lost for good. %1 files with %2 of annexed content are here now.',
              here.files,
              formatSize(here.bytes)
            )}
      </p>
    </>
  ) : (
    <>
      <p>
        {trans.__(
          'Siblings still count this clone among the places that have content. Nothing is lost, but they would go on looking for it here.'
        )}
      </p>
      <p>{trans.__('To tell them first, run “git annex dead here” in it in a terminal, and push.')}</p>
    </>
  );
}

/** "data: MD5E-s2000--….bin", or what is said of the dataset as a whole. */
function nameOfLost({ path, key, message = '' }: Result, trans: TranslationBundle): string {
  const name = lastName(path) || '/';
  const branches = /Unique revisions: (.*)/su.exec(message)?.[1];
  if (key) {
    return trans.__('%1: the content %2', name, shownName(key));
  }
  return branches === undefined ? name : trans.__('%1: commits of %2', name, shownName(branches));
}
