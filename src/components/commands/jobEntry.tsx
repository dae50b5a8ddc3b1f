import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { memo, useEffect, useState } from 'react';
import { isEnded, type Job } from '../../protocol/job';
import { shownName } from '../../protocol/names';
import { CommandLine } from '../commandLine';
import { textsOfJob } from '../commandTexts';
import { failureWords } from '../failures/words';
import { formatDuration, formatTime } from '../format';
import { jobSentence } from '../jobs';
import { ProgressBar } from '../progressBar';
import { ProgressLine } from '../progressLine';
import { CommandIDs } from '../../tokens';
import type { IPanelActions } from '../types';
import { Printed } from '../printed';
import { InterruptedButtons } from './interruptedList';
import { JobProblems } from './jobProblems';
import { repairArguments, retryCommand } from './retry';
import { useReport } from './useReport';

export interface IJobEntryProps {
  job: Job;
  inBar: boolean;
  /** Unfolded from elsewhere, until the user folds it. */
  revealed: boolean;
  /** It is the last thing that was done, and can be undone. */
  undoable: boolean;
  actions: IPanelActions;
  trans: TranslationBundle;
}

/** One command of the list; what it printed is read when it is unfolded. */
export const JobEntry = memo(function JobEntry({ job, inBar, revealed, undoable, actions, trans }: IJobEntryProps): JSX.Element {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? revealed;
  const Caret = open ? caretDownIcon.react : caretRightIcon.react;
  const live = !isEnded(job);
  return (
    <li className="jp-Datalad-job" data-state={job.state}>
      <button
        type="button"
        className="jp-Datalad-plain jp-Datalad-jobHeading"
        aria-expanded={open}
        onClick={() => setChosen(!open)}
      >
        <Caret tag="span" className="jp-Datalad-caret" width="16px" />
        <span className="jp-Datalad-jobTitle">{jobSentence(job, trans)}</span>
        {live ? <ProgressLine job={job} trans={trans} /> : <span className="jp-Datalad-number">{endWords(job, trans)}</span>}
      </button>
      {live && !inBar && <LiveJob job={job} actions={actions} trans={trans} />}
      {undoable && <UndoButton job={job} actions={actions} trans={trans} />}
      {open && <JobDetails job={job} actions={actions} trans={trans} />}
    </li>
  );
});

/** How it ended; when, where that is all there is to say: both would leave no room for the name at 250 px. */
function endWords(job: Job, trans: TranslationBundle): string {
  switch (job.state) {
    case 'error':
      return trans.__('failed');
    case 'cancelled':
      return trans.__('cancelled');
    case 'interrupted':
      return trans.__('interrupted');
    default:
      return timeOf(job);
  }
}

function timeOf({ ended, started, created }: Job): string {
  return formatTime(ended ?? started ?? created, Date.now());
}

type IPartProps = Pick<IJobEntryProps, 'job' | 'actions' | 'trans'>;

function LiveJob({ job, actions, trans }: IPartProps): JSX.Element {
  return (
    <div className="jp-Datalad-jobBody">
      <ProgressBar job={job} trans={trans} />
      <div className="jp-Datalad-buttons">
        <button type="button" className="jp-Datalad-button" onClick={() => actions.cancel(job.id)}>
          {trans.__('Cancel')}
        </button>
      </div>
    </div>
  );
}

function UndoButton({ job, actions, trans }: IPartProps): JSX.Element {
  const dataset = job.dataset ?? undefined;
  return (
    <div className="jp-Datalad-jobBody jp-Datalad-buttons">
      <button
        type="button"
        className="jp-Datalad-button"
        aria-label={trans.__('Undo: %1', jobSentence(job, trans))}
        onClick={() => void actions.execute(CommandIDs.undo, { dataset, job: job.id })}
      >
        {trans.__('Undo…')}
      </button>
    </div>
  );
}

function JobDetails({ job, actions, trans }: IPartProps): JSX.Element {
  const report = useReport(job, actions);
  const texts = textsOfJob(job);
  // What was refused once is refused again; other failures bring their own button.
  const again = job.state === 'cancelled' || job.failure?.kind === 'unknown' ? retryCommand(job) : undefined;
  return (
    <div className="jp-Datalad-jobBody">
      {texts !== undefined && (
        <CommandLine
          texts={texts}
          trans={trans}
          onCopy={actions.copy}
          onHelp={command => void actions.execute(CommandIDs.help, { command })}
        />
      )}
      <p className="jp-Datalad-dim">{summaryWords(job, trans)}</p>
      {isEnded(job) && job.state !== 'interrupted' && <JobProblems job={job} report={report} actions={actions} trans={trans} />}
      {job.notice !== undefined && <p>{failureWords(job.notice, { trans, names: [] }).title}</p>}
      {job.notice?.kind === 'not-here' && <GetButton job={job} actions={actions} trans={trans} />}
      {report !== null && report.output.trim() !== '' && (
        <details open={isWatched(job)}>
          <summary>{trans.__('Output')}</summary>
          <Printed label={trans.__('Output')} text={report.output} />
        </details>
      )}
      {hasVerdicts(job) && (
        <div className="jp-Datalad-buttons">
          <button
            type="button"
            className="jp-Datalad-button"
            onClick={() => void actions.execute(CommandIDs.verdicts, { job: job.id })}
          >
            {trans.__('What became of the files…')}
          </button>
        </div>
      )}
      {job.operation === 'runNotebook' && isEnded(job) && <ExecutionButton job={job} actions={actions} trans={trans} />}
      {job.state === 'interrupted' && <InterruptedButtons job={job} actions={actions} trans={trans} />}
      {again !== undefined && (
        <div className="jp-Datalad-buttons">
          <button type="button" className="jp-Datalad-button" onClick={() => void actions.execute(again.command, again.args)}>
            {trans.__('Try again')}
          </button>
        </div>
      )}
    </div>
  );
}

/** Commands of the user's: what they print is what one unfolds them for. Where they failed, the end of it stands with the failure. */
function isWatched({ operation, failure }: Job): boolean {
  return ['run', 'rerun', 'runProcedure'].includes(operation) && failure === undefined;
}

/** Of runs that were repeated also where one failed: those before it were judged, and what was not made is told. */
function hasVerdicts({ operation, state, failure }: Job): boolean {
  return (
    (state === 'ok' && (operation === 'verifyRuns' || operation === 'rerun')) ||
    (operation === 'rerun' && failure?.kind === 'command-failed')
  );
}

/** Leads to what an execution read and wrote, also in another tab than the one that asked for it, as long as that can be recorded. */
function ExecutionButton({ job, actions, trans }: IPartProps): JSX.Element | null {
  const { id } = job;
  const [known, setKnown] = useState(false);
  useEffect(() => {
    let shown = true;
    void actions.isKnown(id).then(answer => shown && setKnown(answer));
    return () => {
      shown = false;
    };
  }, [actions, id]);
  const look = async (): Promise<void> => {
    await actions.execute(CommandIDs.recordExecution, { job: id });
    setKnown(await actions.isKnown(id));
  };
  return known ? (
    <div className="jp-Datalad-buttons">
      <button type="button" className="jp-Datalad-button" onClick={() => void look()}>
        {job.state === 'ok' ? trans.__('Record what it did…') : trans.__('What it read and wrote…')}
      </button>
    </div>
  ) : null;
}

/** Gets the content of what a job brought back. */
function GetButton({ job, actions, trans }: IPartProps): JSX.Element | null {
  const args = repairArguments(job);
  return args === undefined ? null : (
    <div className="jp-Datalad-buttons">
      <button
        type="button"
        className="jp-Datalad-button"
        onClick={() => void actions.execute(CommandIDs.get, { ...args, recursive: false })}
      >
        {trans.__('Get')}
      </button>
    </div>
  );
}

/** Where and when it worked, counts of records and the time it took. */
function summaryWords(job: Job, trans: TranslationBundle): string {
  const { ok, notneeded, failed } = job.counts;
  const words = job.dataset ? [trans.__('in %1', shownName(job.dataset))] : [];
  if (isEnded(job) && job.state !== 'ok') {
    words.push(timeOf(job));
  }
  if (ok > 0) {
    words.push(trans.__('%1 done', ok));
  }
  if (notneeded > 0) {
    words.push(trans.__('%1 not needed', notneeded));
  }
  if (failed > 0) {
    words.push(trans.__('%1 failed', failed));
  }
  if (job.started !== undefined && job.ended !== undefined) {
    words.push(trans.__('took %1', formatDuration(job.ended - job.started, trans)));
  }
  return words.join(' · ');
}
