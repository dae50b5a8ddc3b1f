import { lstat, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { displayName, fsPath, isUtf8 } from '../../bytes';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { GITLINK, type IGitEntry } from '../../git/entry';
import { type IJobContext, requireDataset } from './context';
import { datasetAround } from './datasetAround';
import { entriesAt } from './indexEntries';
import { type IPlace, placesOf, requireFree } from './placing/places';
import { relink } from './placing/relink';
import { git, type ITools, zeroEnded } from './withoutDatalad/tools';

/**
 * Renames and moves files, folders and subdatasets within one dataset, as `git mv` and `git annex fix` do: staged, and the links of
 * annexed files lead to their content from the new place, whether that is here or not. What is not tracked is only renamed.
 */
export async function move(context: IJobContext, input: ParsedJobInput<'move'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const dataset = boundary.resolve(input.dataset);
  const places = placesOf(boundary, input);
  requireDataset(dataset);
  for (const { from, to } of places) {
    // A subdataset is one of the dataset it lies in.
    if (from === dataset || datasetAround(dirname(from)) !== dataset) {
      fail('bad-request', 'It does not come from this dataset.', { hint: 'Copy it, then delete it there.' });
    }
    requireFree(to, boundary);
    await requireMovable(from);
  }
  const workTree = await WorkTree.open(dataset, { env, signal: task.signal });
  const tools = { workTree, env, signal: task.signal };
  for (const place of places) {
    await moveOne(place, tools);
    const path = boundary.toContents(place.to as AbsolutePath);
    task.result({ action: 'move', status: 'ok', path, type: 'file', from: boundary.toContents(place.from) });
  }
}

async function moveOne({ from, to }: IPlace, tools: ITools): Promise<void> {
  const { workTree, signal } = tools;
  const nameOf = (path: string): string => path.slice(workTree.folder.length + 1);
  const tracked = await entriesAt(workTree.git, [nameOf(from)], signal);
  const [name, newName] = [nameOf(from), nameOf(to)];
  if (tracked.length > 0 && isUtf8(name) && isUtf8(newName)) {
    await git(tools, ['mv', '--', name, newName]);
  } else {
    requireNoLinks(tracked);
    await rename(fsPath(from), fsPath(to));
    await renameEntries(tracked, { from: name, to: newName }, tools);
  }
  const changed = (await relink(to, workTree.folder)).map(nameOf);
  const staged = new Set((await entriesAt(workTree.git, [nameOf(to)], signal)).map(({ path }) => path));
  const stage = changed.filter(name => staged.has(name));
  if (stage.length > 0) {
    await git(tools, ['update-index', '-z', '--stdin'], { input: zeroEnded(stage) });
  }
}

/** `.gitmodules` and git's own settings name the place of a subdataset, and hold no such bytes. */
function requireNoLinks(entries: readonly IGitEntry[]): void {
  const link = entries.find(({ mode }) => mode === GITLINK);
  if (link !== undefined) {
    fail('unsafe-name', 'A subdataset cannot be registered at a place whose name holds bytes that are no text.', {
      hint: 'Choose another name.',
      parameters: { path: displayName(link.path) }
    });
  }
}

/** What `git mv` does in the index, for names that cannot be arguments. */
async function renameEntries(
  entries: readonly IGitEntry[],
  { from, to }: { from: string; to: string },
  tools: ITools
): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  const moved = entries.flatMap(({ mode, oid, stage, path }) => [
    `0 ${'0'.repeat(oid.length)}\t${path}`,
    `${mode} ${oid} ${stage}\t${to}${path.slice(from.length)}`
  ]);
  await git(tools, ['update-index', '-z', '--index-info'], { input: zeroEnded(moved) });
}

/** git-annex makes a link of `.git` where git keeps the repository in that of the dataset around, and git cannot follow that. */
async function requireMovable(path: string): Promise<void> {
  const stats = await lstat(fsPath(join(path, '.git'))).catch(() => null);
  if (stats?.isSymbolicLink() === true) {
    fail('not-movable', 'The repository of this subdataset lies in that of the dataset around it.', {
      hint: 'Move it in a terminal, or remove it and clone it at the new place.'
    });
  }
}
