import { join } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import type { Failure } from '../../../protocol/failure';
import { judge } from '../../datalad/execute';
import { splitZero } from '../../git/split';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { readParts } from './withoutDatalad/part';
import { Ledger } from './withoutDatalad/ledger';
import { type IJobContext, requireDataset, resolvePaths } from './context';
import { exists } from '../../exists';
import { isWithin } from '../../nesting';

type Get = (context: IJobContext, input: ParsedJobInput<'get'>, task: ITask) => Promise<void>;

const LEFT_OUT: Failure = {
  kind: 'left-out',
  message: 'A sparse checkout keeps this out of the folder, so it cannot be got.',
  hint: 'Bring it in with "git sparse-checkout add" in a terminal.'
};

/** Tells of paths that a sparse checkout keeps out of the folder, where DataLad says that they do not exist; others are left to `get`. */
export function exceptLeftOut(get: Get): Get {
  return async (context, input, task) => {
    const dataset = context.boundary.resolve(input.dataset);
    const absolute = resolvePaths(context.boundary, input.paths, dataset);
    const missing = absolute.filter(path => !exists(path));
    const leftOut = missing.length === 0 ? new Set<string>() : await findLeftOut(context, { dataset, missing }, task.signal);
    const paths = input.paths.filter((_, at) => !leftOut.has(absolute[at] ?? ''));
    const ledger = new Ledger(context.boundary, task);
    leftOut.forEach(path => ledger.refused({ action: 'get', path, type: 'file' }, LEFT_OUT));
    if (paths.length > 0) {
      await get(context, { ...input, paths }, task);
    }
    if (leftOut.size > 0) {
      judge(ledger.outcome(), LEFT_OUT);
    }
  };
}

async function findLeftOut(
  { env }: IJobContext,
  { dataset, missing }: { dataset: AbsolutePath; missing: readonly string[] },
  signal: AbortSignal
): Promise<Set<string>> {
  requireDataset(dataset);
  const found = new Set<string>();
  for (const { workTree, paths } of await readParts(missing, { env, signal })) {
    if ((await workTree.git.config()).flag('core.sparsecheckout')) {
      const tagged = splitZero(await workTree.git.read(['ls-files', '-t', '-z'], { signal }));
      const skipped = tagged.filter(line => line.startsWith('S ')).map(line => join(workTree.folder, line.slice(2)));
      paths.filter(path => skipped.some(file => isWithin(file, path))).forEach(path => found.add(path));
    }
  }
  return found;
}
