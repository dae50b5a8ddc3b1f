import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { pathOfPattern, runPattern } from '../../../protocol/runPattern';
import { displayName } from '../../bytes';
import { execute, judge } from '../../datalad/execute';
import { Matches } from '../../dataset/runs/matches';
import { reachOf } from '../../dataset/runs/reach';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import { mapLimited } from '../../mapLimited';
import { readChanged } from '../runs/changed';
import type { IKeptExecution } from '../notebooks/executionBook';
import { type IJobContext, requireDataset, resolvePath } from './context';
import { isAmong } from './indexEntries';
import { tellCommits } from './tellCommits';

/** Saves the outputs of an execution that went well with its record, as `datalad run` would have. Fails with `changed-since`. */
export async function recordNotebook(context: IJobContext, input: ParsedJobInput<'recordNotebook'>, task: ITask): Promise<void> {
  const { boundary, env, executions } = context;
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  const kept = executions.find(input.execution);
  if (kept === undefined || kept.dataset !== dataset || kept.execution.failed !== undefined) {
    fail('not-found', 'There is no such execution that could be recorded.', { hint: 'Run the notebook again.' });
  }
  const workTree = await WorkTree.open(dataset, { env, signal: task.signal });
  const before = await workTree.head();
  await requireUnchanged(context, { kept, head: before, outputs: input.outputs, task });
  const notebook = runPattern(kept.notebook);
  const call = {
    command: 'record_run',
    dataset,
    arguments: {
      cmd: kept.execution.command,
      message: input.message,
      inputs: unique([notebook, ...input.inputs]),
      outputs: unique([notebook, ...input.outputs])
    }
  };
  try {
    judge(await execute(context, call, task), { kind: 'nothing-saved', message: 'Nothing was saved: there is no change here.' });
    if ((await workTree.head()) === before) {
      fail('nothing-saved', 'Nothing was recorded: the notebook wrote what was there already.');
    }
    executions.forget(input.execution);
  } finally {
    await tellCommits(workTree, before, { dataset: input.dataset, task });
  }
}

/** What is recorded is what was executed, and nothing that came meanwhile. */
async function requireUnchanged(
  { env }: IJobContext,
  { kept, head, outputs, task }: { kept: IKeptExecution; head: string | null; outputs: readonly string[]; task: ITask }
): Promise<void> {
  if (head !== kept.head) {
    fail('changed-since', 'Something else was committed since the notebook was run.', { hint: 'Run it again.' });
  }
  const now = await readChanged(kept.dataset, { env, signal: task.signal });
  const matches = new Matches(kept.dataset, kept.dataset, task.signal);
  const places = await mapLimited(outputs, 8, async pattern => {
    const exact = pathOfPattern(pattern);
    const { found, paths } = exact === null ? await matches.of(pattern) : { found: 'all', paths: [exact] };
    return found === 'all' ? paths : [];
  });
  if (matches.truncated) {
    fail(
      'changed-since',
      'The outputs stand for more files than can be looked at, so it is not known whether all are as they were.',
      {
        hint: 'Name them by narrower patterns.'
      }
    );
  }
  const saved = new Set([kept.notebook, ...places.flat()]);
  // On the disk a pattern does not meet what was deleted.
  const reaches = outputs.map(reachOf);
  const other = [...new Set([...now.keys(), ...kept.changed.keys()])].find(
    name => now.get(name) !== kept.changed.get(name) && (isAmong(name, saved) || reaches.some(isReached => isReached(name)))
  );
  if (other !== undefined) {
    fail('changed-since', `${displayName(other)} was changed since the notebook was run.`, {
      hint: 'Run it again.',
      parameters: { path: displayName(other) }
    });
  }
}

function unique(patterns: readonly string[]): string[] {
  return [...new Set(patterns)];
}
