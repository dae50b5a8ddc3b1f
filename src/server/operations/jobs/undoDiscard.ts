import { join } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import { forget } from '../discards/keep';
import type { Manifest } from '../discards/manifest';
import { putBack } from '../discards/putBack';
import { Shelf } from '../discards/shelf';
import { type IJobContext, requireDataset } from './context';
import { Ledger } from './withoutDatalad/ledger';
import type { ITools } from './withoutDatalad/tools';

/** Brings back what was discarded, exactly as it was. */
export async function undoDiscard(context: IJobContext, input: ParsedJobInput<'undoDiscard'>, task: ITask): Promise<void> {
  const { tools, manifest } = await open(context, input, task);
  await putBack(tools, manifest);
  await forget(tools, manifest.id);
  const ledger = new Ledger(context.boundary, task);
  const { folder } = tools.workTree;
  manifest.entries.forEach(({ path }) => ledger.done({ action: 'undo', path: join(folder, path), type: 'file' }));
}

/** Removes what was discarded for good. */
export async function removeDiscard(context: IJobContext, input: ParsedJobInput<'removeDiscard'>, task: ITask): Promise<void> {
  const { tools, manifest } = await open(context, input, task);
  await forget(tools, manifest.id);
}

async function open(
  { boundary, env }: IJobContext,
  input: ParsedJobInput<'undoDiscard'>,
  task: ITask
): Promise<{ tools: ITools; manifest: Manifest }> {
  const dataset = boundary.resolve(input.dataset);
  requireDataset(dataset);
  const workTree = await WorkTree.open(dataset, { env, signal: task.signal });
  const manifest = await new Shelf(workTree).find(input.discard);
  return {
    tools: { workTree, env, signal: task.signal },
    manifest: manifest ?? fail('not-found', 'This is not kept any more: it was brought back or removed.')
  };
}
