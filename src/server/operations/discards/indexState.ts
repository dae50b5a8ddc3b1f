import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keyOfPointer, POINTER_MAX } from '../../annex/pointer';
import { encodePath, fsPath } from '../../bytes';
import { workerEnvironment } from '../../datalad/workerEnvironment';
import { exists } from '../../exists';
import { isRegular } from '../../git/entry';
import { objectSizes, readBlobs } from '../../git/objects';
import { run } from '../../process/run';
import { git, type ITools, zeroEnded } from '../jobs/withoutDatalad/tools';
import type { Kept } from './manifest';

const TIMEOUT = 30 * 60_000;

type Wanted = readonly { readonly path: string; readonly entry: Kept['head'] }[];

/** Sets what the index has at paths, all at once; null takes a path out of it. */
export async function setIndex(tools: ITools, wanted: Wanted): Promise<void> {
  if (wanted.length > 0) {
    await git(tools, ['update-index', '-z', '--index-info'], { input: await indexInfo(tools, wanted) });
  }
}

/** Removals first: a file may take the place of a folder. */
async function indexInfo({ workTree }: ITools, wanted: Wanted): Promise<Buffer> {
  const isLong = (await workTree.git.config()).get('extensions.objectformat') === 'sha256';
  const nothing = { mode: '0', oid: '0'.repeat(isLong ? 64 : 40) };
  const lines = wanted.map(({ path, entry }) => ({ path, ...(entry ?? nothing) }));
  const sorted = [...lines.filter(({ mode }) => mode === '0'), ...lines.filter(({ mode }) => mode !== '0')];
  return encodePath(sorted.map(({ mode, oid, path }) => `${mode} ${oid}\t${path}\0`).join(''));
}

/** Announces files in the index without their content, as `git add -N` does. */
export async function promise(tools: ITools, paths: readonly string[]): Promise<void> {
  if (paths.length > 0) {
    const args = ['add', '--intent-to-add', '--force', '--pathspec-from-file=-', '--pathspec-file-nul'];
    await git(tools, args, { input: zeroEnded(paths) });
  }
}

/**
 * Writes files as the index has them. Without `--force` git writes over nothing that is there, nor through a link: what a terminal put
 * there in this moment stays. Resolves with the paths where that was so.
 */
export async function checkOut(tools: ITools, files: readonly Kept[]): Promise<string[]> {
  const { workTree, env, signal } = tools;
  const isThere = ({ path }: Kept): boolean => exists(join(workTree.folder, path));
  const [inTheWay, free] = [files.filter(isThere), files.filter(file => !isThere(file))];
  if (free.length === 0) {
    return inTheWay.map(({ path }) => path);
  }
  await run('git', ['checkout-index', '-q', '-u', '-z', '--stdin'], {
    cwd: workTree.folder,
    env,
    signal,
    timeout: TIMEOUT,
    input: zeroEnded(free.map(({ path }) => path))
  });
  if (await hasPointers(tools, free)) {
    await fillPointers(tools);
  }
  return [...inTheWay, ...free.filter(file => !isThere(file))].map(({ path }) => path);
}

async function hasPointers({ workTree, signal }: ITools, files: readonly Kept[]): Promise<boolean> {
  const oids = files.flatMap(({ head }) => (head !== null && isRegular(head.mode) ? [head.oid] : []));
  const sizes = await objectSizes(workTree.git, oids, signal);
  const small = oids.filter(oid => (sizes.get(oid) ?? Infinity) <= POINTER_MAX);
  const blobs = await readBlobs(workTree.git, small, signal);
  return [...blobs.values()].some(blob => keyOfPointer(blob) !== null);
}

/** Git writes unlocked files as pointers; git-annex then puts the content there, where it is here. */
export async function fillPointers({ workTree, env, signal }: ITools): Promise<void> {
  const options = { cwd: workTree.folder, env: workerEnvironment(env), signal, timeout: TIMEOUT };
  await run('git', ['annex', 'smudge', '--update'], options);
  await run('git', ['annex', 'restage', '--quiet'], options);
}

/**
 * Makes a tree of index entries and of links in the working tree, and points a ref to it: objects of git stay, and so does annexed
 * content that only they name, which `git annex unused` would list otherwise. A tree, not a commit: it shows in no history.
 */
export async function holdObjects(
  tools: ITools,
  { ref, entries, links }: { ref: string; entries: readonly Kept[]; links: readonly string[] }
): Promise<void> {
  const index = entries.flatMap(({ path, index: entry }) => (entry === null ? [] : [{ path, entry }]));
  const parts = [
    ['index', await treeOf(tools, ['--index-info'], await indexInfo(tools, index))],
    ['links', await treeOf(tools, ['--add', '--stdin'], zeroEnded(links))]
  ];
  const input = parts.map(([name = '', tree = '']) => `040000 tree ${tree}\t${name}\n`).join('');
  const { stdout } = await git(tools, ['mktree'], { input });
  await git(tools, ['update-ref', ref, stdout.toString().trim()]);
}

export async function releaseObjects(tools: ITools, ref: string): Promise<void> {
  await git(tools, ['update-ref', '-d', ref]);
}

/** The tree of an index of its own, which is filled by `git update-index`. */
async function treeOf(tools: ITools, args: readonly string[], input: Buffer): Promise<string> {
  const env = { GIT_INDEX_FILE: join(tools.workTree.gitDir, `jupyterlab-datalad-${randomUUID()}.index`) };
  try {
    await git(tools, ['read-tree', '--empty'], { env });
    await git(tools, ['update-index', '-z', ...args], { input, env });
    return (await git(tools, ['write-tree', '--missing-ok'], { env })).stdout.toString().trim();
  } finally {
    await rm(fsPath(env.GIT_INDEX_FILE), { force: true });
  }
}
