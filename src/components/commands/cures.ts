import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { FailureKind } from '../../protocol/failure';
import type { Job } from '../../protocol/job';
import { shownName } from '../../protocol/names';
import { CommandIDs } from '../../tokens';
import { deniedFile } from '../failures/deniedFile';
import type { IFailureGroup } from '../failures/groupFailures';
import { retryCommand } from './retry';

/** What a button below a failed job executes. */
export interface ICure {
  readonly command: string;
  readonly args: ReadonlyPartialJSONObject;
  /** The same work is done again once this went well. */
  readonly again?: true;
}

/** The button that a failure brings itself, with what is known of the job; null where it can do nothing for this job. */
export function ownCure(command: string, job: Job, { failure, paths }: IFailureGroup): ICure | null {
  const inDataset: ReadonlyPartialJSONObject = job.dataset === null ? {} : { dataset: job.dataset };
  const repeated = retryCommand(job);
  switch (command) {
    case 'retry':
      return repeated === undefined ? null : { command: repeated.command, args: repeated.args };
    case CommandIDs.trust: {
      const dataset = job.failure?.parameters?.['dataset'] ?? job.dataset;
      return { command, args: dataset === null ? {} : { dataset } };
    }
    case CommandIDs.clone:
      // The question again, with the address to mend.
      return { command, args: repeated?.command === command ? { source: repeated.args['source'] ?? '' } : {} };
    case CommandIDs.identity:
      return { command, args: inDataset, again: true };
    case CommandIDs.get:
      return failure.kind === 'subdatasets-absent'
        ? { command, args: { ...inDataset, paths: [failure.parameters?.['path'] ?? ''], noData: true } }
        : { command, args: { ...inDataset, paths: [...paths] }, again: true };
    case CommandIDs.save:
      return failure.kind === 'modified-content'
        ? { command, args: { ...inDataset, paths: [...paths] }, again: true }
        : { command, args: { ...inDataset, ...(failure.kind === 'not-annexed' ? { paths: [...paths] } : {}) } };
    case CommandIDs.containers:
    case CommandIDs.switchBranch:
      return { command, args: inDataset };
    case CommandIDs.showPanel:
      return { command, args: { section: 'data' } };
    default:
      return { command, args: {} };
  }
}

/** What else helps, by what the job was to do: the same, said in another way. */
export function otherCures(job: Job, { failure }: IFailureGroup, trans: TranslationBundle): (ICure & { label: string })[] {
  if (job.operation === 'run' || job.operation === 'rerun') {
    return runCures(job, failure, trans);
  }
  if (job.operation === 'runNotebook') {
    return notebookCures(job, failure, trans);
  }
  const repeated = retryCommand(job);
  if (repeated === undefined) {
    return [];
  }
  const { command, args } = repeated;
  const said = (label: string, more: ReadonlyPartialJSONObject): ICure & { label: string } => ({
    label,
    command,
    args: { ...args, ...more }
  });
  switch (`${job.operation} ${failure.kind}`) {
    case 'save nothing-saved':
      return leavesSubdatasets(failure) ? [said(trans.__('Save subdatasets, too'), { recursive: true })] : [];
    case 'drop subdatasets-present':
      return [said(trans.__('Drop the subdatasets, too'), { recursive: true })];
    case 'create not-empty':
      return failure.parameters?.['files'] === undefined
        ? []
        : [said(trans.__('Make a dataset around the files'), { force: true })];
    case 'clone not-empty':
      return [{ label: trans.__('Clone to another folder…'), command, args: { source: args['source'] ?? '' } }];
    default:
      return [];
  }
}

/** A run that did not come to its end leaves what it changed: that can be kept with its record, or taken back. */
function runCures(job: Job, failure: IFailureGroup['failure'], trans: TranslationBundle): (ICure & { label: string })[] {
  const { dataset } = job;
  const again = retryCommand(job);
  if (failure.kind === 'unsaved-changes' && again !== undefined) {
    const label = trans.__('Leave them, and record only the outputs…');
    return [{ label, command: again.command, args: { ...again.args, explicit: true } }];
  }
  const isLeft = failure.kind === 'no-space' && failure.parameters?.['left'] !== undefined;
  if (dataset === null || (failure.kind !== 'command-failed' && failure.kind !== 'cancelled' && !isLeft)) {
    return [];
  }
  const run = { dataset, run: job.id };
  return [
    ...(failure.parameters?.['kept'] === undefined
      ? []
      : [{ label: trans.__('Save anyway'), command: CommandIDs.saveRun, args: run }]),
    // One that never began has changed nothing.
    ...(job.started === undefined
      ? []
      : [{ label: trans.__('Discard what it changed…'), command: CommandIDs.discard, args: { ...run, paths: [dataset] } }]),
    ...asOutput(failure, again, trans),
    ...(again === undefined ? [] : [{ label: trans.__('Run again…'), command: again.command, args: again.args }]),
    ...(again === undefined || failure.kind !== 'command-failed' || again.args['container'] !== undefined
      ? []
      : [{ label: trans.__('Run again in a container…'), command: again.command, args: { ...again.args, inContainer: true } }])
  ];
}

/** The exit code of a shell for what may not be executed. */
const NOT_EXECUTABLE = 126;

/** A file that could not be written is unlocked before where it is named as an output. */
function asOutput(
  { kind, detail = '', parameters }: IFailureGroup['failure'],
  again: ReturnType<typeof retryCommand>,
  trans: TranslationBundle
): (ICure & { label: string })[] {
  const isWrite = kind === 'command-failed' && parameters?.['code'] !== NOT_EXECUTABLE;
  const file = isWrite ? deniedFile(detail) : null;
  const named = again?.args['outputs'];
  const outputs = Array.isArray(named) ? (named as readonly string[]) : [];
  return file === null || again === undefined || outputs.includes(file)
    ? []
    : [
        {
          label: trans.__('Run again with %1 as an output…', shownName(file)),
          command: again.command,
          args: { ...again.args, outputs: [...outputs, file] }
        }
      ];
}

/** What the cells of a notebook wrote that was not executed to its end can be taken back by itself. */
function notebookCures(job: Job, failure: IFailureGroup['failure'], trans: TranslationBundle): (ICure & { label: string })[] {
  const { dataset } = job;
  const again = retryCommand(job);
  const isLeft = failure.kind === 'no-space' && failure.parameters?.['left'] !== undefined;
  if (dataset === null || job.started === undefined || !(isLeft || NOT_TO_ITS_END.includes(failure.kind))) {
    return [];
  }
  return [
    {
      label: trans.__('Discard what it changed…'),
      command: CommandIDs.discard,
      args: { dataset, run: job.id, paths: [dataset] }
    },
    ...(again === undefined ? [] : [{ label: trans.__('Run again…'), command: again.command, args: again.args }])
  ];
}

/** How the execution of a notebook ends with what its cells wrote, and no record. */
const NOT_TO_ITS_END: readonly FailureKind[] = ['cancelled', 'cell-failed', 'kernel-died', 'kept-elsewhere'];

/** Whether changes inside subdatasets stayed behind. */
function leavesSubdatasets({ parameters }: IFailureGroup['failure']): boolean {
  return parameters?.['subdatasets'] !== undefined;
}

/** The save that takes along what another one left behind in subdatasets; null where none did. */
export function saveOfRest(job: Job): ICure | null {
  const repeated = retryCommand(job);
  if (job.operation !== 'save' || repeated === undefined || job.notice === undefined || !leavesSubdatasets(job.notice)) {
    return null;
  }
  // One commit only was to be replaced or named.
  const { amend: _amend, versionTag: _tag, toGit: _toGit, ...args } = repeated.args;
  return { command: repeated.command, args: { ...args, recursive: true } };
}
