import { lstat } from 'node:fs/promises';
import * as v from 'valibot';
import { jobs, type ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { fsPath } from '../../bytes';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { type IJobContext, resolvePath } from './context';
import { exists } from '../../exists';
import { HeldFolder } from './heldFolder';
import { isBareBeginning, isMereClone } from './interrupted/halfMade';
import { undoRegistration } from './registration';
import { WorkTree } from '../../dataset/workTree';
import { removeEmpty } from './target';

/**
 * Deletes the half-made folder of a clone or create that was interrupted, so that it can be done again. Fails with `not-empty` unless
 * the folder was empty or missing before, and holds nothing now but what that job wrote: what came from elsewhere comes again.
 */
export async function removeLeftover(context: IJobContext, input: ParsedJobInput<'removeLeftover'>, task: ITask): Promise<void> {
  const { job, before } = (await context.interrupted(input.job)) ?? fail('not-found', 'This job was not interrupted.');
  const { path, dataset } = placeOf(context, job);
  if (exists(path)) {
    const options = { env: context.env, signal: task.signal };
    const isOurs = job.operation === 'clone' ? isMereClone : isBareBeginning;
    const stats = await lstat(fsPath(path));
    if (before.target === undefined || !stats.isDirectory() || !(await isOurs(path, options))) {
      refuse();
    }
  }
  // What is registered is a part of another dataset by now.
  if (dataset !== null) {
    const { git } = await WorkTree.open(dataset, { env: context.env, signal: task.signal });
    const existed = (await git.read(['ls-tree', 'HEAD', '--', '.gitmodules'])).length > 0;
    if (!(await undoRegistration(dataset, { path, env: context.env, existed }))) {
      refuse();
    }
  }
  if (exists(path) && before.target !== undefined) {
    const { existed, missing } = before.target;
    const folder = await HeldFolder.open(path, context.boundary.root);
    await folder.clear().finally(() => folder.close());
    await removeEmpty(existed ? [] : [path, ...missing], context.boundary.root);
  }
}

function refuse(): never {
  return fail('not-empty', 'The folder holds more than what was interrupted left there.', {
    hint: 'Look at it, then remove it yourself or choose another place.'
  });
}

/** Where the job made its folder, and the dataset it was to be registered in. */
function placeOf(
  { boundary }: IJobContext,
  { operation, input }: { operation: string; input: unknown }
): { path: AbsolutePath; dataset: AbsolutePath | null } {
  const schema = operation === 'clone' ? jobs.clone.input : operation === 'create' ? jobs.create.input : null;
  const parsed = schema === null ? null : v.safeParse(schema, input);
  if (!parsed?.success) {
    return fail('bad-request', 'This job makes no folder.');
  }
  const { path, asSubdataset } = parsed.output;
  return { path: resolvePath(boundary, path), dataset: asSubdataset === undefined ? null : boundary.resolve(asSubdataset) };
}
