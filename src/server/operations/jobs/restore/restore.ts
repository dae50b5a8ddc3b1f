import { join } from 'node:path';
import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail } from '../../../../protocol/failure';
import { KeyReader } from '../../../annex/keys';
import { ObjectStore } from '../../../annex/presence';
import { displayName, encodePath } from '../../../bytes';
import { WorkTree } from '../../../dataset/workTree';
import { type IGitEntry, isRegular } from '../../../git/entry';
import type { ITask } from '../../../handlers';
import { mapLimited } from '../../../mapLimited';
import type { AbsolutePath } from '../../../paths';
import { type IJobContext, requireDataset, resolvePaths } from '../context';
import { git, type ITools, zeroEnded } from '../withoutDatalad/tools';
import { type IStanding, standingOf } from './losses';
import { filesThen } from './then';

/** Files named in a detail. */
const NAMED = 100;

/**
 * Brings files back as they were in a commit, as `git checkout <commit> -- <paths>` does: they are in the folder and staged then, and
 * files that came later stay. But it refuses where git would write over what is in no commit, and leaves subdatasets where they are.
 */
export async function restore(context: IJobContext, input: ParsedJobInput<'restore'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const { signal } = task;
  const dataset = boundary.resolve(input.dataset);
  const names = resolvePaths(boundary, input.paths, dataset).map(path => path.slice(dataset.length + 1));
  requireDataset(dataset);
  const workTree = await WorkTree.open(dataset, { env, signal });
  const then = await filesThen(workTree.git, { commit: input.commit, names }, signal);
  const standing = await standingOf(workTree, { then, names, signal });
  refuseLosses(standing);

  const wanted = then.filter(({ path }) => !standing.same.has(path));
  const keys = new KeyReader(workTree.git);
  await keys.load(then, signal);
  if (wanted.length > 0) {
    await write({ workTree, env, signal }, { wanted, keys, standing });
  }
  for (const entry of then) {
    const path = boundary.toContents(join(dataset, entry.path) as AbsolutePath);
    const status = standing.same.has(entry.path) ? 'notneeded' : 'ok';
    task.result({ action: 'restore', status, path, type: 'file', key: keys.of(entry) });
  }
  await tellAbsent(workTree, { wanted, keys }, task);
}

function refuseLosses({ conflicts, unsaved, blocked }: IStanding): void {
  if (conflicts) {
    fail('merge-in-progress', 'Files are in conflict.', {
      hint: 'Edit them, tell git with "git add" that they are solved, then save.',
      parameters: { what: 'conflict' }
    });
  }
  if (blocked.length > 0) {
    fail('in-the-way', 'Something else is where these files were.', {
      hint: 'Move it away, then restore again.',
      ...naming(blocked)
    });
  }
  if (unsaved.length > 0) {
    fail('unsaved-changes', 'These files have changes that are not saved, which would be lost.', {
      hint: 'Save them first; the saved version stays in the history.',
      ...naming(unsaved)
    });
  }
}

function naming(names: readonly string[]): { detail: string; parameters: Record<string, string | number> } {
  const [first = ''] = names;
  const detail = names.slice(0, NAMED).map(displayName).join('\n');
  return { detail, parameters: { files: names.length, path: displayName(first) } };
}

interface IWrite {
  readonly wanted: readonly IGitEntry[];
  readonly keys: KeyReader;
  readonly standing: IStanding;
}

/** By plumbing, which takes any name and any number of them through standard input. */
async function write(tools: ITools, { wanted, keys, standing }: IWrite): Promise<void> {
  const line = ({ mode, oid, path }: IGitEntry): string => `${mode} ${oid} 0\t${path}\0`;
  const setIndex = (lines: readonly string[]): Promise<unknown> =>
    git(tools, ['update-index', '-z', '--index-info'], { input: encodePath(lines.join('')) });
  const names = wanted.map(({ path }) => path);
  await setIndex(wanted.map(line));
  try {
    await git(tools, ['checkout-index', '--force', '--index', '--quiet', '-z', '--stdin'], { input: zeroEnded(names) });
  } catch (error) {
    const nothing = '0'.repeat(wanted[0]?.oid.length ?? 40);
    const before = (path: string): string => {
      const entry = standing.index.get(path);
      return entry === undefined ? `0 ${nothing} 0\t${path}\0` : line(entry);
    };
    await setIndex(names.map(before)).catch(() => undefined);
    throw error;
  }
  if (wanted.some(entry => isRegular(entry.mode) && keys.of(entry) !== null)) {
    // The filter wrote pointers: content follows by what git-annex's own hook does after a checkout.
    await git(tools, ['annex', 'smudge', '--update']);
  }
}

/** Content of then may have been dropped since, or never have been here. */
async function tellAbsent(workTree: WorkTree, { wanted, keys }: Pick<IWrite, 'wanted' | 'keys'>, task: ITask): Promise<void> {
  const store = new ObjectStore(join(workTree.commonDir, 'annex'));
  const needed = new Set(wanted.map(entry => keys.of(entry)).filter(key => key !== null));
  const here = await mapLimited([...needed], 8, async key => ((await store.has(key)) ? key : null));
  const absent = wanted.filter(entry => {
    const key = keys.of(entry);
    return key !== null && !here.includes(key);
  });
  const [first] = absent;
  if (first !== undefined) {
    task.notice({
      kind: 'not-here',
      message: 'The content of restored files is not here.',
      hint: 'Get it.',
      parameters: { files: absent.length, path: displayName(first.path) }
    });
  }
}
