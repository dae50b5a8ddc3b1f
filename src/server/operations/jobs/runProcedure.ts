import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { execute, judge } from '../../datalad/execute';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import { findProcedure, scriptOf } from '../calls/runnable';
import { type IJobContext, requireDataset, resolvePath } from './context';
import { tellCommits } from './tellCommits';

/**
 * Runs a procedure on a dataset: the one that was shown, and no other. It may do whatever the user can, in the environment that a terminal
 * would have; what it commits is told.
 */
export async function runProcedure(context: IJobContext, input: ParsedJobInput<'runProcedure'>, task: ITask): Promise<void> {
  const { boundary, env, runPool, python } = context;
  const { signal } = task;
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  const found = await findProcedure(dataset, input.procedure, { boundary, env, python, signal });
  const { fingerprint, text } = await scriptOf(found);
  if (fingerprint !== input.fingerprint || text === null) {
    fail('changed-since', 'This procedure is not the one that was shown.', { hint: 'Look at it again before you run it.' });
  }
  const workTree = await WorkTree.open(dataset, { env, signal });
  const before = await workTree.head();
  // All that DataLad would find out by the name: so it runs this file, whatever comes to lie before it meanwhile.
  const spec = {
    path: found.path,
    procedure_name: input.procedure,
    procedure_callfmt: found.callFormat,
    procedure_help: null
  };
  try {
    const outcome = await execute({ pool: runPool, boundary }, { command: 'run_procedure', dataset, arguments: { spec } }, task);
    judge(outcome, { kind: 'unknown', message: 'DataLad did not say what became of the procedure.' });
  } finally {
    await tellCommits(workTree, before, { dataset: input.dataset, task });
  }
}
