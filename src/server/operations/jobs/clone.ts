import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import type { Failure } from '../../../protocol/failure';
import { execute, judge } from '../../datalad/execute';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { requireIdentity } from '../calls/identity';
import { type IJobContext, requireDataset, resolvePath, resolvePaths } from './context';
import { answering, takeCredential } from './credential';
import { rememberRegistration } from './registration';
import { checkSource, isLocalPath } from '../../datalad/sources';
import { prepareTarget } from './target';

const NOTHING: Failure = { kind: 'clone-failed', message: 'The dataset could not be cloned, and DataLad did not say why.' };

/**
 * Clones a dataset to a place where nothing is yet. A relative path as the source means one in the dataset it is registered in, else
 * in the contents root. A failed or cancelled clone leaves nothing behind. A user and password in an address are used to answer those
 * who ask for them, and are nowhere kept.
 */
export async function clone(context: IJobContext, input: ParsedJobInput<'clone'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  checkSource(input.source);
  const path = resolvePath(boundary, input.path);
  const dataset = await superdatasetOf(context, input, task.signal);
  const { source: address, credential } = takeCredential(input.source);
  const source = isLocalPath(address) ? localSource(address, dataset ?? boundary.root, env) : address;
  const target = await prepareTarget(path, boundary.root);
  const unregister = dataset === null ? async () => true : await rememberRegistration(dataset, { path, env });
  try {
    const call = { command: 'clone', dataset, arguments: { source, path } };
    judge(await execute(context, call, answering(task, credential)), NOTHING);
  } catch (error) {
    if (await unregister()) {
      await target.remove(error);
    }
    throw error;
  }
}

/** The dataset to register the clone in, checked: registering is a commit. */
async function superdatasetOf(
  { boundary, env }: IJobContext,
  { path, asSubdataset }: ParsedJobInput<'clone'>,
  signal: AbortSignal
): Promise<AbsolutePath | null> {
  if (asSubdataset === undefined) {
    return null;
  }
  const dataset = resolvePath(boundary, asSubdataset);
  resolvePaths(boundary, [path], dataset);
  requireDataset(dataset);
  await requireIdentity({ folder: dataset, env, signal });
  return dataset;
}

function localSource(source: string, folder: string, env: Readonly<Record<string, string>>): string {
  const home = env['HOME'] ?? homedir();
  return source === '~' || source.startsWith('~/') ? resolve(home, `.${source.slice(1)}`) : resolve(folder, source);
}
