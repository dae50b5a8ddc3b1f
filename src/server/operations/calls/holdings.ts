import { dirname, join } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import type { Holding } from '../../../protocol/holding';
import { findRepositories, isDataset, isFolder } from '../../dataset/findRepositories';
import { GITLINK } from '../../git/entry';
import { mapLimited } from '../../mapLimited';
import type { AbsolutePath } from '../../paths';
import { rootsAround } from '../../trust/installed';
import { entriesAt } from '../jobs/indexEntries';
import { annexedFiles, readPart, storeOf } from '../jobs/withoutDatalad/part';
import { WorkTree } from '../../dataset/workTree';
import type { ICallOptions } from './discards';

/** Milliseconds for the look at what lies below; a page waits for it. */
const PATIENCE = 10_000;
const AT_ONCE = 8;

/** What is at or below paths that somebody is about to delete, move or copy. */
export async function readHoldings(
  { paths }: ParsedCallInput<'holdings'>,
  options: ICallOptions
): Promise<CallOutput<'holdings'>> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(PATIENCE)]);
  const holdings: Holding[] = [];
  for (const path of paths) {
    const place = options.boundary.resolve(path);
    holdings.push({ path, ...(await holdingAt(place, { ...options, signal })) });
  }
  return holdings;
}

async function holdingAt(place: AbsolutePath, options: ICallOptions): Promise<Omit<Holding, 'path'>> {
  const { boundary } = options;
  const found = await findRepositories(place, options);
  const toContents = (path: string): Holding['path'] => boundary.toContents(path as AbsolutePath);
  const datasets = await mapLimited(found.datasets, AT_ONCE, async path => ({
    dataset: toContents((await registeredIn(path, options)) ?? path),
    path: toContents(path)
  }));
  return {
    isDataset: found.datasets.includes(place),
    absorbed: (await mapLimited(found.datasets, AT_ONCE, path => isFolder(join(path, '.git')))).includes(false),
    datasets,
    unchecked: found.bare.map(toContents),
    complete: found.complete,
    ...(await countAnnexed(place, options))
  };
}

/** The dataset that a dataset is registered in; null where it stands alone. */
export async function registeredIn(path: string, options: ICallOptions): Promise<string | null> {
  const around = await holderOf(path, options);
  if (around === null) {
    return null;
  }
  const { git } = await WorkTree.open(around, options);
  const name = path.slice(around.length + 1);
  const entries = await entriesAt(git, [name], options.signal);
  return entries.some(entry => entry.mode === GITLINK && entry.path === name) ? around : null;
}

/** The innermost dataset around a path, without the one that it may be itself. */
async function holderOf(path: string, { boundary }: ICallOptions): Promise<string | null> {
  return path === boundary.root ? null : ((await rootsAround(boundary.root, [dirname(path)])).at(-1) ?? null);
}

/** Annexed files of the dataset around; those of datasets below are for these to count. */
async function countAnnexed(place: string, options: ICallOptions): Promise<Pick<Holding, 'annexed' | 'absent'>> {
  const around = await holderOf(place, options);
  if (around === null || (await isDataset(place))) {
    return { annexed: 0, absent: 0 };
  }
  const part = await readPart(around, [place], options);
  const files = await annexedFiles(part, options.signal);
  const store = storeOf(part);
  const here = await mapLimited(files, AT_ONCE, ({ key }) => store.has(key));
  return { annexed: files.length, absent: here.filter(is => !is).length };
}
