import type { TranslationBundle } from '@jupyterlab/translation';
import type { FailureKind } from '../../protocol/failure';
import type { Job, JobReport } from '../../protocol/job';
import { isContentsPath } from '../../protocol/paths';
import { FailureBlock } from '../failures/failureBlock';
import { failuresOf, type IFailureGroup } from '../failures/groupFailures';
import { relativeName } from '../names';
import type { IPanelActions } from '../types';
import { type ICure, otherCures, ownCure } from './cures';
import { Places } from './places';
import { retryCommand } from './retry';

export interface IJobProblemsProps {
  job: Job;
  report: JobReport | null;
  actions: Pick<IPanelActions, 'execute' | 'dropLastCopies' | 'removeLock' | 'places' | 'dismiss'>;
  trans: TranslationBundle;
}

/** What was refused or failed, file by file, and what to do about it. */
export function JobProblems({ job, report, actions, trans }: IJobProblemsProps): JSX.Element | null {
  const groups = failuresOf(job, report);
  if (groups.length === 0) {
    return null;
  }
  const again = retryCommand(job);
  const applyOwn = async (cure: ICure | null): Promise<void> => {
    if (cure !== null && (await actions.execute(cure.command, cure.args)) && cure.again === true && again !== undefined) {
      await actions.execute(again.command, again.args);
    }
  };
  const applyOther = async (cure: ICure): Promise<void> => {
    if (await actions.execute(cure.command, cure.args)) {
      actions.dismiss(job.id);
    }
  };
  return (
    <>
      {groups.map(group => (
        <FailureBlock
          key={`${group.failure.kind} ${group.failure.message}`}
          failure={group.failure}
          names={group.paths.map(path => relativeName(path, job.dataset))}
          gravity={isRefusal(group) ? 'warning' : 'error'}
          trans={trans}
          canRetry={again !== undefined}
          {...(showsEnd(job, group) ? { printed: report?.output ?? '' } : {})}
          onAction={command => void applyOwn(ownCure(command, job, group))}
        >
          {otherCures(job, group, trans).map(cure => (
            <button key={cure.label} type="button" className="jp-Datalad-button" onClick={() => void applyOther(cure)}>
              {cure.label}
            </button>
          ))}
          {group.failure.kind === 'locked' && job.dataset !== null && (
            <Unlocking
              dataset={job.dataset}
              actions={actions}
              trans={trans}
              onUnlocked={() => void applyOwn(ownCure('retry', job, group))}
            />
          )}
          {isSoughtElsewhere(job, group) && job.dataset !== null && (
            <Places dataset={job.dataset} paths={group.paths.filter(isContentsPath)} actions={actions} trans={trans} />
          )}
          {overridable(job, group) && job.dataset !== null && (
            <Override job={job.id} dataset={job.dataset} paths={group.paths} actions={actions} trans={trans} />
          )}
        </FailureBlock>
      ))}
    </>
  );
}

/** Something was kept on purpose, or is for a person to decide: nothing was lost, nothing is broken. */
const REFUSALS: readonly FailureKind[] = [
  ...(['last-copy', 'modified-content', 'not-annexed', 'cancelled'] as const),
  ...(['conflicts', 'unsaved-changes', 'in-the-way', 'commits-lost', 'name-taken', 'bad-name', 'edited-meanwhile'] as const)
];

function isRefusal({ failure: { kind } }: IFailureGroup): boolean {
  return REFUSALS.includes(kind);
}

/** A command of the user's that did not come to its end: what it printed last says how far it came. */
function showsEnd({ operation }: Job, { failure: { kind } }: IFailureGroup): boolean {
  return (operation === 'run' || operation === 'rerun') && (kind === 'cancelled' || kind === 'no-space');
}

/** Content that is not here, or not any more because it was damaged: it has to come from where it is known to be. */
function isSoughtElsewhere({ operation }: Job, { failure: { kind, parameters } }: IFailureGroup): boolean {
  return kind === 'damaged-content' ? parameters?.['moved'] !== undefined : operation === 'get' && kind === 'content-unavailable';
}

function overridable(job: Job, { failure, paths }: IFailureGroup): boolean {
  return job.operation === 'drop' && failure.kind === 'last-copy' && paths.length > 0;
}

interface IUnlockingProps extends Pick<IJobProblemsProps, 'trans'> {
  dataset: NonNullable<Job['dataset']>;
  actions: Pick<IPanelActions, 'removeLock'>;
  onUnlocked(): void;
}

/** Leads to who holds the lock; once there is none, the same work is done again. */
function Unlocking({ dataset, actions, trans, onUnlocked }: IUnlockingProps): JSX.Element {
  return (
    <button
      type="button"
      className="jp-Datalad-button"
      onClick={() => void actions.removeLock(dataset).then(free => free && onUnlocked())}
    >
      {trans.__('Remove the lock…')}
    </button>
  );
}

interface IOverrideProps extends Pick<IJobProblemsProps, 'trans'> {
  job: string;
  dataset: NonNullable<Job['dataset']>;
  paths: readonly string[];
  actions: Pick<IPanelActions, 'dropLastCopies'>;
}

function Override({ job, dataset, paths, actions, trans }: IOverrideProps): JSX.Element {
  return (
    <button
      type="button"
      className="jp-Datalad-button jp-mod-warn"
      onClick={() => actions.dropLastCopies(job, dataset, paths.filter(isContentsPath))}
    >
      {trans.__('Drop anyway…')}
    </button>
  );
}
