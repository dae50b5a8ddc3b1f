import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParsedJobInput } from '../../../../protocol/contract';
import { encodePath } from '../../../bytes';
import { parseIndex } from '../../../git/entry';
import { git, type ITools } from './tools';

interface ICommit extends Pick<ParsedJobInput<'save'>, 'message' | 'amend' | 'versionTag'> {
  /** What the commit is to hold; all of it is in the index. */
  readonly names: ReadonlySet<string>;
  /** More is in the index that shall stay uncommitted. */
  readonly others: boolean;
}

/** DataLad's own words for a save without a message. */
const DEFAULT_MESSAGE = '[DATALAD] Recorded changes';

/**
 * Commits names from the index. Not with `git commit -- <names>`: that would read the files again, through git-annex's filter, which
 * mistakes content for small files where the name has a line break.
 */
export async function commitStaged(tools: ITools, commit: ICommit): Promise<void> {
  const { message, amend, others, versionTag } = commit;
  const args = ['commit', '-q', '-F', '-', ...(amend === true ? ['--amend'] : [])];
  const input = message.trim() === '' ? DEFAULT_MESSAGE : message;
  if (others) {
    await withIndexOf(tools, commit, async env => void (await git(tools, args, { input, env })));
  } else {
    await git(tools, args, { input });
  }
  if (await tools.workTree.isAdjusted()) {
    const local = ['--no-push', '--no-pull', '--no-commit', '--no-resolvemerge', '--no-content'];
    await git(tools, ['annex', 'sync', ...local]);
  }
  if (versionTag !== undefined) {
    await git(tools, ['tag', '--', versionTag]);
  }
}

/** Works with an index that differs from the last commit in the names alone. */
async function withIndexOf(
  tools: ITools,
  { names }: ICommit,
  work: (env: Record<string, string>) => Promise<void>
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'jupyterlab-datalad-index-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  try {
    const head = await tools.workTree.head();
    const { stdout } = await git(tools, ['ls-files', '-s', '-z']);
    const present = parseIndex(stdout).filter(({ path }) => names.has(path));
    const kept = new Set(present.map(({ path }) => path));
    const nothing = '0'.repeat(head?.length ?? 40);
    const gone = [...names].filter(name => !kept.has(name)).map(name => `0 ${nothing}\t${name}\0`);
    const lines = [...gone, ...present.map(({ mode, oid, stage, path }) => `${mode} ${oid} ${stage}\t${path}\0`)];
    await copyFile(join(tools.workTree.gitDir, 'index'), env.GIT_INDEX_FILE);
    await git(tools, ['read-tree', head ?? '--empty'], { env });
    await git(tools, ['update-index', '-z', '--index-info'], { env, input: encodePath(lines.join('')) });
    await work(env);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
