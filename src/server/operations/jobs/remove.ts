import { isDeepStrictEqual } from 'node:util';
import type { ParsedJobInput } from '../../../protocol/contract';
import { type Failure, fail, FailureError } from '../../../protocol/failure';
import { execute, judge } from '../../datalad/execute';
import { findRepositories } from '../../dataset/findRepositories';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { installedBelow } from '../../trust/installed';
import { type IJobContext, requireDataset, resolvePath } from './context';
import { isWithin } from '../../nesting';
import { displayName } from '../../bytes';
import { exists } from '../../exists';

const NOTHING: Failure = { kind: 'not-found', message: 'There was nothing to remove.' };
/** More subdatasets than this are not told apart from datasets that nobody registered: then nothing is removed. */
const MANY = 10_000;

/**
 * Removes datasets, folders and files, as `datalad remove` does: content only where another place is known to have it, commits only
 * where a sibling has them, nothing that is not saved. What is registered in a dataset is taken out of it, in a commit.
 */
export async function remove(context: IJobContext, input: ParsedJobInput<'remove'>, task: ITask): Promise<void> {
  await removeUnless(context, input, { task });
}

/** What one word to DataLad gives up, by what a removal was refused for. */
const GIVEN_UP: Partial<Record<Failure['kind'], string>> = { 'last-copy': 'availability', 'still-announced': 'undead' };

/** Removes what a removal before was refused for, and only for that reason: all other checks are made again. */
export async function removeRefused(
  context: IJobContext,
  { refused, ...input }: ParsedJobInput<'removeRefused'>,
  task: ITask
): Promise<void> {
  const { job } = context.report(refused);
  const given = GIVEN_UP[job.failure?.kind ?? 'unknown'];
  if (job.operation !== 'remove' || !isDeepStrictEqual({ ...input }, job.input) || given === undefined) {
    fail('bad-request', 'Only what a removal was refused for can be removed like this.');
  }
  await removeUnless(context, input, { task, reckless: given });
}

async function removeUnless(
  context: IJobContext,
  input: ParsedJobInput<'remove'>,
  { task, reckless }: { task: ITask; reckless?: string }
): Promise<void> {
  const { boundary, env } = context;
  const dataset = resolvePath(boundary, input.dataset);
  const paths = input.paths.map(path => resolvePath(boundary, path));
  requireDataset(dataset);
  const outside = paths.findIndex(path => !isWithin(path, dataset));
  if (outside !== -1) {
    fail('outside-root', 'This is not in the dataset.', { parameters: { path: input.paths[outside] ?? '' } });
  }
  const missing = paths.findIndex(path => !exists(path));
  if (missing !== -1) {
    fail('not-found', 'There is nothing at this path.', { parameters: { path: input.paths[missing] ?? '' } });
  }
  if (dataset === boundary.root && paths.includes(dataset)) {
    fail('bad-request', 'This is the folder that JupyterLab shows: it cannot be removed from here.');
  }
  await refuseUnseen(dataset, paths, { boundary, env, signal: task.signal });
  // Named as a path, a dataset would be looked for in the one around it.
  const path = paths.includes(dataset) ? undefined : paths;
  const call = { command: 'remove', dataset, arguments: { ...(path && { path }), ...(reckless && { reckless }) } };
  try {
    judge(await execute(context, call, task), NOTHING);
  } catch (error) {
    throw inOtherWords(error);
  }
}

/** What DataLad says of content that it would drop, it says here of files that would be gone. */
function inOtherWords(error: unknown): unknown {
  if (!(error instanceof FailureError) || !['modified-content', 'not-annexed'].includes(error.failure.kind)) {
    return error;
  }
  return new FailureError({
    ...error.failure,
    kind: 'unsaved-changes',
    message: 'There are changes in it that are not saved, and would be lost.',
    hint: 'Save or discard them first.'
  });
}

/** DataLad checks the subdatasets that are registered; another repository, say one that is ignored, it deletes with the folder. */
async function refuseUnseen(
  dataset: AbsolutePath,
  paths: readonly AbsolutePath[],
  { boundary, env, signal }: Pick<IJobContext, 'boundary' | 'env'> & { signal: AbortSignal }
): Promise<void> {
  for (const path of paths) {
    const known = new Set([dataset, ...(await installedBelow(dataset, path, { env, signal, limit: MANY }))]);
    const { datasets, bare, complete } = await findRepositories(path, { deep: true, signal });
    const [unseen] = [...datasets.filter(found => !known.has(found)), ...bare];
    if (unseen !== undefined) {
      fail('in-the-way', 'There is a dataset in it that is not registered: DataLad would delete it without looking.', {
        hint: 'Remove that one first, or move it away.',
        parameters: { path: displayName(unseen.slice(boundary.root.length + 1)), why: 'unregistered' }
      });
    }
    if (!complete) {
      fail('permission-denied', 'Not everything in it could be looked at, so that it is not known what would be lost.');
    }
  }
}
