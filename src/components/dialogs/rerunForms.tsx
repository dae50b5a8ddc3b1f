import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { shownName } from '../../protocol/names';
import type { IRerunRange, RerunObstacle, RerunStep, Verdict } from '../../protocol/rerun';
import { formatCount } from '../format';
import { formatSize } from '../../protocol/size';
import { RunView } from '../history/runView';
import { visible } from '../trust/visible';
import type { IRerunQuestion, IVerdictsQuestion } from './runQuestions';
import { CommandPreview } from './fields';
import { RunsChoice } from './runsChoice';
import '../../../style/history.css';

interface IQuestionProps {
  question: IRerunQuestion;
  trans: TranslationBundle;
}

export interface IRerunFormProps extends IQuestionProps {
  /** Other runs are to be shown. */
  onChange(range: IRerunRange): void;
}

/** What would run again: all of it, so that somebody can say whether it may. */
export function RerunForm({ question, onChange, trans }: IRerunFormProps): ReactElement {
  const { plan, unsaved, verify, commandLines, choice } = question;
  const strangers = plan.steps.filter(({ here }) => !here).length;
  return (
    <>
      <RunsChoice {...{ choice, onChange, trans }} />
      {plan.steps.length === 0 && <p>{trans.__('No run is recorded there.')}</p>}
      {plan.truncated && <p>{trans.__('These are more runs than can be repeated at one time. Choose fewer of them.')}</p>}
      {strangers > 0 && (
        <p role="note">
          {trans._n(
            '%1 of these runs was not recorded in this clone. It can do whatever you can: look at its command before you run it.',
            '%1 of these runs were not recorded in this clone. They can do whatever you can: look at their commands before you run them.',
            strangers
          )}
        </p>
      )}
      {verify ? <VerifyNotes {...{ question, trans }} /> : <GetNotes {...{ question, trans }} />}
      {unsaved > 0 && !verify && (
        <p role="note">
          {trans._n(
            'DataLad repeats runs in a dataset without unsaved changes only: save or discard the %1 change first.',
            'DataLad repeats runs in a dataset without unsaved changes only: save or discard the %1 changes first.',
            unsaved
          )}
        </p>
      )}
      <ol className="jp-Datalad-reruns" aria-label={trans.__('Runs')}>
        {plan.steps.map(step => (
          <li key={step.commit}>
            <Step step={step} trans={trans} />
          </li>
        ))}
      </ol>
      {plan.steps.length > 0 &&
        commandLines.map(line => <CommandPreview key={line} line={line} label={trans.__('Command line')} />)}
    </>
  );
}

/** What comes before the commands, and whether it fits. */
function GetNotes({ question, trans }: IQuestionProps): ReactElement | null {
  const { files = 0, bytes = 0, unsized = 0, free = null } = question.plan.gets ?? {};
  if (files === 0) {
    return null;
  }
  const size = unsized > 0 ? trans.__('at least %1', formatSize(bytes)) : formatSize(bytes);
  return (
    <>
      <p role="note">
        {trans._n(
          '%1 file that they need is not here, and is got before: %2.',
          '%1 files that they need are not here, and are got before: %2.',
          files,
          size
        )}
      </p>
      {free !== null && bytes > free && (
        <p className="jp-Datalad-form-error" role="alert">
          {trans.__('There is not enough room: %1 are free.', formatSize(free))}
        </p>
      )}
    </>
  );
}

/** What becomes of the dataset, and what the clone takes. */
function VerifyNotes({ question, trans }: IQuestionProps): ReactElement {
  const { plan, unsaved } = question;
  const { here = 0, absent = 0, absentBytes = 0, total = 0, free = 0 } = plan.needs ?? {};
  return (
    <>
      <p>
        {trans.__(
          'Each run is repeated in a clone that is thrown away afterwards, in the commit that it was recorded on. Neither your files nor your branch change.'
        )}{' '}
        {unsaved > 0 && trans.__('What is not saved plays no part in it.')}
      </p>
      {here > 0 && <p>{trans.__('%1 of content is copied from here.', formatSize(here))}</p>}
      {absent > 0 && (
        <p role="note">
          {trans._n(
            '%1 file that they need is not here: %2 is got from where the dataset knows it to be, for the clone alone.',
            '%1 files that they need are not here: %2 are got from where the dataset knows them to be, for the clone alone.',
            absent,
            formatSize(absentBytes)
          )}
        </p>
      )}
      {total > free && (
        <p role="note">
          {trans.__('There is no room for that: it takes %1, and %2 are free.', formatSize(total), formatSize(free))}
        </p>
      )}
    </>
  );
}

function Step({ step, trans }: { step: RerunStep; trans: TranslationBundle }): ReactElement {
  const { title, author, time, here, obstacle, record, commit } = step;
  const day = time === null ? '' : new Date(time).toLocaleString();
  return (
    <>
      <strong>{visible(title)}</strong>{' '}
      <small>
        {here
          ? trans.__('%1, %2', commit.slice(0, 10), day)
          : trans.__('%1 by %2, %3, not made in this clone', commit.slice(0, 10), shownName(author.name), day)}
      </small>
      {obstacle !== undefined && <p role="note">{obstacleWords(obstacle, trans)}</p>}
      <RunView record={record} trans={trans} />
    </>
  );
}

/** Why a run is not repeated, and what to do about it. */
export function obstacleWords(obstacle: RerunObstacle, trans: TranslationBundle): string {
  switch (obstacle) {
    case 'unreadable':
      return trans.__('Its record cannot be read, so it cannot be repeated.');
    case 'elsewhere':
      return trans.__('It was run in another dataset: repeat it there.');
    case 'outside':
      return trans.__('It leads out of this dataset, so it is not repeated here.');
    case 'links':
      return trans.__(
        'It names files by patterns or folders that lead through links out of this dataset, so it is not repeated here. Remove the links, or repeat it in a terminal if you know what they are.'
      );
    case 'not-installed':
      return trans.__('It needs a subdataset that is not installed here: get that first.');
    case 'other-record':
      return trans.__('The file that holds its record is another one by now. Restore that file as it was in this commit.');
  }
}

interface IVerdictListProps {
  question: IVerdictsQuestion;
  onCompare(name: string): void;
  trans: TranslationBundle;
}

/** How the files of repeated runs compare with what they were. */
export function VerdictList({ question: { files }, onCompare, trans }: IVerdictListProps): ReactElement {
  return (
    <>
      <p role="status">{verdictSummary(files, trans)}</p>
      <ul className="jp-Datalad-verdicts" aria-label={trans.__('Files')} tabIndex={0}>
        {files.slice(0, MOST_SHOWN).map(({ name, verdict, canCompare }) => (
          <li key={name} data-verdict={verdict}>
            {canCompare ? (
              <button
                type="button"
                className="jp-Datalad-plain jp-Datalad-textButton"
                title={trans.__('Compare with what it was')}
                aria-label={trans.__('Compare %1', shownName(name))}
                onClick={() => onCompare(name)}
              >
                {shownName(name)}
              </button>
            ) : (
              <span>{shownName(name)}</span>
            )}{' '}
            <span className="jp-Datalad-verdict">{verdictWord(verdict, trans)}</span>
          </li>
        ))}
      </ul>
      {files.length > MOST_SHOWN && <p>{trans.__('%1 more', formatCount(files.length - MOST_SHOWN))}</p>}
    </>
  );
}

/** More files are not listed. */
export const MOST_SHOWN = 500;

/** How many files there are of each verdict, in words. */
export function verdictSummary(files: readonly { readonly verdict: Verdict }[], trans: TranslationBundle): string {
  const count = (wanted: Verdict): number => files.filter(({ verdict }) => verdict === wanted).length;
  const same = count('identical');
  if (files.length === 0) {
    return trans.__('The runs made no files.');
  }
  if (same === files.length) {
    return trans._n('%1 file, identical bit by bit.', '%1 files, all identical bit by bit.', same);
  }
  const [changed, missing, fresh] = [count('changed'), count('missing'), count('new')];
  const [untouched, failed] = [count('untouched'), count('failed')];
  return [
    trans.__('%1 identical, %2 changed, %3 missing, %4 new.', same, changed, missing, fresh),
    ...(untouched > 0 ? [trans.__('%1 not written again: there as before.', untouched)] : []),
    ...(failed > 0 ? [trans.__('%1 not made, since a run failed.', failed)] : [])
  ].join(' ');
}

/** A verdict as a word beside its file. */
export function verdictWord(verdict: Verdict, trans: TranslationBundle): string {
  switch (verdict) {
    case 'failed':
      return trans.__('not made');
    case 'untouched':
      return trans.__('not written again');
    case 'identical':
      return trans.__('identical');
    case 'changed':
      return trans.__('changed');
    case 'missing':
      return trans.__('missing');
    case 'new':
      return trans.__('new');
  }
}
