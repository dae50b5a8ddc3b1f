import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';
import type { DiscardPlan, KeptDiscard } from '../../protocol/undo';
import { changeWords } from '../changes/changeRow';
import type { IDiscardQuestion } from './dialogs';
import { CommandPreview, Names } from './fields';

export interface IDiscardFormProps {
  question: IDiscardQuestion;
  trans: TranslationBundle;
}

/** Which files a discard takes back, and that it can be undone. */
export function DiscardForm({ question, trans }: IDiscardFormProps): ReactElement {
  const { plans, commandLines } = question;
  const total = plans.reduce((sum, plan) => sum + plan.total, 0);
  const goes = plans.some(({ files }) => files.some(({ change }) => change === 'new' || change === 'added'));
  return (
    <>
      <p>
        {total === 0
          ? trans.__('There is nothing to discard.')
          : trans._n('%1 file comes to be as it was last saved:', '%1 files come to be as they were last saved:', total)}
      </p>
      {plans
        .filter(plan => plan.total > 0)
        .map(plan => (
          <Files key={plan.dataset} plan={plan} several={plans.length > 1} trans={trans} />
        ))}
      {goes && <p>{trans.__('New files have never been saved: they go out of the folder.')}</p>}
      {total > 0 && <p>{trans.__('This can be undone: what is discarded is kept for 30 days, or longer where it is large.')}</p>}
      {plans
        .flatMap(({ refused }) => refused)
        .map(({ name, why }) => (
          <p key={name}>
            <strong>{shownName(name)}</strong> {obstacleWords(why, trans)}
          </p>
        ))}
      {total > 0 &&
        commandLines
          .filter(line => line !== '')
          .map(line => <CommandPreview key={line} line={line} label={trans.__('Command')} />)}
    </>
  );
}

function Files({ plan, several, trans }: { plan: DiscardPlan; several: boolean; trans: TranslationBundle }): ReactElement {
  const { dataset, files, total } = plan;
  const rest = total - files.length;
  return (
    <>
      {several && <p>{trans.__('In %1:', shownName(dataset))}</p>}
      <ul className="jp-Datalad-dialogFiles" tabIndex={0} aria-label={trans.__('Files')}>
        {files.map(({ path, name, change }) => (
          <li key={path}>
            {shownName(name)} <span className="jp-Datalad-dim">{changeWords(change, trans)}</span>
          </li>
        ))}
        {rest > 0 && <li>{trans._n('and %1 more', 'and %1 more', rest)}</li>}
      </ul>
    </>
  );
}

function obstacleWords(why: DiscardPlan['refused'][number]['why'], trans: TranslationBundle): string {
  switch (why) {
    case 'subdataset':
      return trans.__('stays: another commit of this subdataset is checked out. Save it here, or switch back in the subdataset.');
    case 'repository':
      return trans.__('stays: it is a dataset of its own.');
    case 'other-disk':
      return trans.__('stays: it lies on another disk, and could not be kept.');
    case 'edited-before':
      return trans.__('stays: it had unsaved changes before the command, which would go with it.');
    case 'edited-since':
      return trans.__('stays: it was changed again after the command.');
  }
}

/** What is lost when a kept discard is removed. */
export function RemoveDiscardForm({ question, trans }: { question: KeptDiscard; trans: TranslationBundle }): ReactElement {
  const { names, files, bytes } = question;
  return (
    <>
      <p>
        {trans._n(
          'What was discarded of %1 file (%2) is lost for ever:',
          'What was discarded of %1 files (%2) is lost for ever:',
          files,
          formatSize(bytes)
        )}
      </p>
      <Names names={names.map(shownName)} total={files} more={rest => trans._n('and %1 more', 'and %1 more', rest)} />
    </>
  );
}
