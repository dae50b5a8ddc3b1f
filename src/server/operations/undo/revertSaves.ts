import { relative } from 'node:path';
import { WorkTree } from '../../dataset/workTree';
import { GITLINK } from '../../git/entry';
import { isWithin } from '../../nesting';
import { requireIdentity } from '../calls/identity';
import { fillPointers, setIndex } from '../discards/indexState';
import { run } from '../../process/run';
import { entriesAt } from '../jobs/indexEntries';
import { git, type ITools } from '../jobs/withoutDatalad/tools';
import { madeCommits, subjectOf } from './madeCommits';
import { headOf, type ISaveTrace } from './saveTrace';

/** Milliseconds: git hashes what was touched. */
const TIMEOUT = 30 * 60_000;

interface IOptions {
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
}

/** A dataset in which the save was taken back, and the commit that did so. */
interface IReverted {
  readonly trace: ISaveTrace;
  readonly tools: ITools;
  readonly commit: string;
}

/**
 * Takes a save back by a new commit in each dataset that it touched, the innermost first: each commit also names those that were made
 * below it, since the commits from before the save are not where the subdatasets stand now. All or nothing: where one of them cannot be
 * made, those that were are taken away again.
 */
export async function revertSaves(
  traces: readonly ISaveTrace[],
  options: IOptions,
  done: (dataset: string) => void
): Promise<void> {
  const opened: { trace: ISaveTrace; tools: ITools }[] = [];
  for (const trace of traces) {
    const tools = { ...options, workTree: await WorkTree.open(trace.dataset, options) };
    await requireIdentity({ ...options, folder: trace.dataset });
    opened.push({ trace, tools });
  }
  const reverted: IReverted[] = [];
  try {
    for (const { trace, tools } of opened) {
      const below = reverted.filter(one => isWithin(one.trace.dataset, trace.dataset));
      reverted.push({ trace, tools, commit: await revert(tools, trace, below) });
    }
  } catch (error) {
    for (const one of reverted.reverse()) {
      await goBack(one);
    }
    throw error;
  }
  traces.forEach(({ dataset }) => done(dataset));
}

async function revert(tools: ITools, trace: ISaveTrace, below: readonly IReverted[]): Promise<string> {
  const { workTree } = tools;
  const commits = await madeCommits(workTree, trace);
  if (commits.length > 1) {
    return await revertSeveral(tools, { trace, commits, below });
  }
  try {
    await git(tools, ['revert', '--no-commit', headOf(trace.after) ?? '']);
    await nameCommits(tools, trace, below);
    await git(tools, ['commit', '--quiet', '--no-edit', '--cleanup=whitespace']);
  } catch (error) {
    if (workTree.unfinished() === 'revert') {
      await git(unstoppable(tools), ['revert', '--abort']);
    }
    throw error;
  }
  await fillPointers(tools);
  return (await workTree.head()) ?? '';
}

/**
 * Takes several commits back by one: the files come to be as they were before the first. Git refuses, and writes nothing, where one of
 * them is not as the last commit has it.
 */
async function revertSeveral(
  tools: ITools,
  { trace, commits, below }: { trace: ISaveTrace; commits: readonly string[]; below: readonly IReverted[] }
): Promise<string> {
  const { workTree } = tools;
  const [before, after] = [headOf(trace.before) ?? '', headOf(trace.after) ?? ''];
  const lines: string[] = [];
  for (const commit of commits) {
    lines.push(`${commit} ${await subjectOf(workTree, commit)}`);
  }
  const message = `Revert ${commits.length} recorded runs\n\nThis reverts commits\n${lines.join('\n')}\n`;
  try {
    await readTree(tools, after, before);
    await nameCommits(tools, trace, below);
    await git(tools, ['commit', '--quiet', '--cleanup=whitespace', '-F', '-'], { input: message });
  } catch (error) {
    await comeBack(unstoppable(tools), { trace, below });
    throw error;
  }
  await fillPointers(tools);
  return (await workTree.head()) ?? '';
}

/** Files and index as the last commit has them again. */
async function comeBack(tools: ITools, { trace, below }: { trace: ISaveTrace; below: readonly IReverted[] }): Promise<void> {
  const [before, after] = [headOf(trace.before) ?? '', headOf(trace.after) ?? ''];
  await nameCommits(
    tools,
    trace,
    below.map(one => ({ ...one, commit: headOf(one.trace.after) ?? '' }))
  );
  await readTree(tools, before, after);
  await fillPointers(tools);
}

/** Index and files go from one commit to another. Git goes by time stamps there, and takes a file that was only touched for a changed one. */
async function readTree(tools: ITools, from: string, to: string): Promise<void> {
  const { workTree, env, signal } = tools;
  // It fails where something was changed, which is for the next step to judge.
  await run('git', ['update-index', '-q', '--refresh'], { cwd: workTree.folder, env, signal, timeout: TIMEOUT });
  await git(tools, ['read-tree', '-m', '-u', from, to]);
}

/** The subdatasets that are registered here stay at the commits that took the save back in them. */
async function nameCommits(tools: ITools, trace: ISaveTrace, below: readonly IReverted[]): Promise<void> {
  if (below.length === 0) {
    return;
  }
  const commits = new Map(below.map(one => [relative(trace.dataset, one.trace.dataset), one.commit]));
  const entries = await entriesAt(tools.workTree.git, [...commits.keys()], tools.signal);
  const links = entries.filter(({ mode }) => mode === GITLINK);
  await setIndex(
    tools,
    links.map(({ path, mode }) => ({ path, entry: { mode, oid: commits.get(path) ?? '' } }))
  );
}

/** Away with a commit that nobody has: `--keep` touches no file that was edited meanwhile, and refuses instead. */
async function goBack({ trace, tools }: IReverted): Promise<void> {
  await git(unstoppable(tools), ['reset', '--quiet', '--keep', headOf(trace.after) ?? '']);
  await fillPointers(unstoppable(tools));
}

/** What was begun is put right also when the work was cancelled. */
function unstoppable(tools: ITools): ITools {
  return { ...tools, signal: new AbortController().signal };
}
