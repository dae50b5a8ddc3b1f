import type { ParsedJobInput } from '../../../../protocol/contract';
import { FailureError } from '../../../../protocol/failure';
import { judge } from '../../../datalad/execute';
import type { ITask } from '../../../handlers';
import { runKeys } from '../withoutDatalad/keyBatch';
import { Ledger } from '../withoutDatalad/ledger';
import { storeOf } from '../withoutDatalad/part';
import { type IJobContext, resolvePath, resolvePaths } from '../context';
import { exists } from '../../../exists';
import { type IHiddenPart, readHiddenParts } from './hiddenPart';
import { readjust } from './readjust';
import { isWithin } from '../../../nesting';

type Get = (context: IJobContext, input: ParsedJobInput<'get'>, task: ITask) => Promise<void>;

/**
 * Gets files that the branch hides since they are not here, by key, and makes the branch again so that they are in the folder; all
 * others are left to `getVisible`. DataLad and git-annex know no path that is not checked out.
 */
export function withHidden(getVisible: Get): Get {
  return async (context, input, task) => {
    const hidden = input.noData === true ? [] : await readWanted(context, input, task.signal);
    if (hidden.length === 0) {
      await getVisible(context, input, task);
      return;
    }
    const paths = input.paths.filter(path => {
      const absolute = resolvePath(context.boundary, path);
      return exists(absolute) || !hidden.some(({ files }) => files.some(file => isWithin(file.path, absolute)));
    });
    const failure = paths.length === 0 ? null : await failureOf(getVisible(context, { ...input, paths }, task));
    await getHidden(context, hidden, { task, source: input.source });
    if (failure !== null) {
      throw failure;
    }
  };
}

async function readWanted(
  { boundary, env }: IJobContext,
  { dataset, paths, recursive }: ParsedJobInput<'get'>,
  signal: AbortSignal
): Promise<IHiddenPart[]> {
  const absolute = resolvePaths(boundary, paths, resolvePath(boundary, dataset));
  const parts = await readHiddenParts(absolute, { env, signal, recursive });
  return parts.filter(({ files }) => files.length > 0);
}

/** That there was nothing to get is no failure beside what is hidden. */
async function failureOf(work: Promise<void>): Promise<FailureError | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.kind === 'cancelled') {
      throw error;
    }
    return error.failure.kind === 'not-found' ? null : error;
  }
}

async function getHidden(
  { boundary, env }: IJobContext,
  hidden: readonly IHiddenPart[],
  { task, source }: { task: ITask; source: string | undefined }
): Promise<void> {
  const ledger = new Ledger(boundary, task);
  const args = source === undefined ? [] : [`--from=${source}`];
  let output = '';
  const came: IHiddenPart[] = [];
  for (const part of hidden) {
    const store = storeOf(part.part);
    const here = await Promise.all(part.files.map(({ key }) => store.has(key)));
    part.files.forEach(({ path, key }, at) => {
      if (here[at] === true) {
        ledger.done({ action: 'get', path, type: 'file', key }, 'notneeded', 'already present');
      }
    });
    output += await runKeys(
      part.part,
      part.files.filter((_, at) => here[at] !== true),
      { action: 'get', args, env, task, ledger }
    );
    const now = await Promise.all(part.files.map(({ key }) => store.has(key)));
    came.push(...(now.includes(true) ? [part] : []));
  }
  for (const part of came) {
    await task.inTurn(() => readjust(part, env));
  }
  judge(ledger.outcome(output), { kind: 'not-found', message: 'There was nothing to get.' });
}
