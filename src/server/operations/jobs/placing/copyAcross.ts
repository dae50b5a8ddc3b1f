import { dirname, join } from 'node:path';
import { type Failure, FailureError } from '../../../../protocol/failure';
import { execute, judge } from '../../../datalad/execute';
import { isLost } from '../../../datalad/lostNames';
import { WorkTree } from '../../../dataset/workTree';
import { exists } from '../../../exists';
import type { ITask } from '../../../handlers';
import type { AbsolutePath } from '../../../paths';
import type { IJobContext } from '../context';
import { datasetAround } from '../datasetAround';
import { refuseUnfinished, save } from '../save';
import { annexedFiles, readParts, storeOf } from '../withoutDatalad/part';
import { git, zeroEnded } from '../withoutDatalad/tools';
import { isUnchanged } from '../withoutDatalad/unchanged';
import { copyHere, requireContent } from './content';
import { copiesOf, type ICopy, makeCopies } from './copying';
import type { IPlace } from './places';

const NOTHING: Failure = { kind: 'not-found', message: 'There was nothing to copy.' };

interface IAcross {
  readonly places: readonly IPlace[];
  /** Where all of them end. */
  readonly dataset: AbsolutePath;
}

/**
 * Copies files and folders that are not of this dataset into it, and saves them in one commit. Annexed files come by `datalad copy-file`,
 * with their keys and the web addresses that are known of them; what DataLad would lose or leave out (names, changes of an unlocked file,
 * permissions, links to folders, empty folders) is copied here. Nothing is left where this fails before the commit.
 */
export async function copyAcross(context: IJobContext, { places, dataset }: IAcross, task: ITask): Promise<void> {
  const { env, boundary } = context;
  const workTree = await WorkTree.open(dataset, { env, signal: task.signal });
  await refuseUnfinished(workTree);
  const copies: ICopy[] = [];
  for (const place of places) {
    copies.push(...(await copiesOf(place)));
  }
  await requireContent(copies);
  const keyed = await withKeyInSource(
    copies,
    places.map(({ from }) => from),
    { env, signal: task.signal }
  );
  const byDatalad = copies.filter(({ piece, to }) => keyed.has(piece.path) && !isLost(piece.path) && !isLost(to));
  const left = new Set(byDatalad);
  await makeCopies(
    copies,
    async copy => (left.has(copy) ? undefined : await copyHere(copy, task.signal)),
    async () => {
      if (byDatalad.length === 0) {
        return;
      }
      // Without a dataset it saves nothing: one commit shall have it all.
      const specs = byDatalad.map(({ piece, to }) => [piece.path, to]);
      try {
        judge(await execute(context, { command: 'copy_file', dataset: null, arguments: { specs_from: specs } }, task), NOTHING);
      } catch (error) {
        await unstage(byDatalad, { dataset, env });
        throw error;
      }
    }
  );
  const paths = places.map(({ to }) => boundary.toContents(to as AbsolutePath));
  await save(context, { dataset: boundary.toContents(dataset), paths, message: '' }, task).catch(unlessIgnored);
}

/** Paths of what is an annexed file of the dataset it comes from, just as its index has it, with its content. */
async function withKeyInSource(
  copies: readonly ICopy[],
  from: readonly string[],
  options: { env: Record<string, string>; signal: AbortSignal }
): Promise<Set<string>> {
  const there = new Set(copies.map(({ piece }) => piece.path));
  const found = new Set<string>();
  const inDatasets = from.filter(path => exists(join(datasetAround(dirname(path)), '.git')));
  for (const part of await readParts(inDatasets, options)) {
    const store = storeOf(part);
    for (const file of await annexedFiles(part, options.signal)) {
      if (there.has(file.path) && (await store.has(file.key)) && (await isUnchanged(file, store))) {
        found.add(file.path);
      }
    }
  }
  return found;
}

/** DataLad stages each file as it comes. Not by the signal of the job, which may have been cancelled. */
async function unstage(
  copies: readonly ICopy[],
  { dataset, env }: { dataset: string; env: Record<string, string> }
): Promise<void> {
  const { signal } = new AbortController();
  const workTree = await WorkTree.open(dataset, { env, signal });
  const names = copies.map(({ to }) => to.slice(dataset.length + 1));
  await git({ workTree, env, signal }, ['update-index', '--force-remove', '-z', '--stdin'], { input: zeroEnded(names) });
}

/** All that came is ignored there, or are empty folders: there is nothing that git would note. */
function unlessIgnored(error: unknown): void {
  if (!(error instanceof FailureError && error.failure.kind === 'nothing-saved')) {
    throw error;
  }
}
