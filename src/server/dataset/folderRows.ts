import { join } from 'node:path';
import type { Row } from '../../protocol/dataset';
import type { Failure } from '../../protocol/failure';
import { displayName } from '../bytes';
import { findRepositoryFolder } from '../git/repositoryFolder';
import type { AbsolutePath, PathBoundary } from '../paths';
import { attempt } from './attempt';
import { type IChild, MAX_CHILDREN, readFolderState } from './folderState';
import { mapLimited } from '../mapLimited';
import { listFolder } from './listFolder';
import { type IReadOptions, readQuickly } from './quick/quickFolder';
import type { Repository } from './repository';
import { type Facts, readFacts } from './rowBuilder';

/** Files looked at at one time: the thread pool of Node has four threads. */
const FILES_AT_ONCE = 16;

/** What was found in a folder, before figures are added. */
export interface IFound {
  rows: { name: string; facts: Facts }[];
  truncated: boolean;
  /** Why rows are `unread`. */
  failure?: Failure;
}

/** What all names directly in a folder of a dataset are; `only` limits it to one name. */
export async function readFolder(repository: Repository, folder: string, options: IReadOptions = {}): Promise<IFound> {
  const { only, signal } = options;
  const quick = await readQuickly(repository, folder, options);
  const { children, truncated, failure } =
    quick === null ? await readFolderState(repository, folder, options) : { ...quick, failure: null };
  const wanted = only === undefined ? children : children.filter(child => child.name === only);
  await repository.keys.load(
    wanted.flatMap(child => child.entry ?? []),
    signal
  );
  const read = await mapLimited(wanted, FILES_AT_ONCE, async child => await readRow(repository, folder, child));
  const looked = read.flatMap(({ row }) => row ?? []);
  const rows = quick !== null && looked.length === 0 ? quick.rows : [...(quick?.rows ?? []), ...looked];
  if (failure !== null) {
    rows.forEach(row => (row.facts = { ...row.facts, unread: true }));
  }
  const why = failure ?? read.find(each => each.failure !== null)?.failure ?? null;
  return { rows, truncated, ...(why === null ? {} : { failure: why }) };
}

interface IReadRow {
  /** Null for a name that is gone since it was listed. */
  row: IFound['rows'][number] | null;
  failure: Failure | null;
}

/** One row; a file that may not be read, or whose entry is damaged, must not take the others with it. */
async function readRow(repository: Repository, folder: string, child: IChild): Promise<IReadRow> {
  const { value } = await attempt(readFacts(repository, folder, child));
  return value === null
    ? { row: null, failure: null }
    : { row: { name: child.name, facts: value.facts }, failure: value.failure };
}

/** The roots of datasets directly in a folder outside any dataset. */
export async function readRoots(folder: AbsolutePath): Promise<IFound> {
  const entries = [...(await listFolder(folder))];
  const folders = entries.slice(0, MAX_CHILDREN).filter(([, entry]) => entry.isDirectory());
  const roots = await mapLimited(folders, FILES_AT_ONCE, async ([name]) => {
    return (await findRepositoryFolder(join(folder, name))) === null ? null : { name, facts: { kind: 'dataset' as const } };
  });
  return { rows: roots.filter(row => row !== null), truncated: entries.length > MAX_CHILDREN };
}

const travelling = new WeakMap<IFound['rows'], { folder: string; rows: Row[] }>();

/** Rows as they travel, sorted by path; the same ones for what was found before. */
export function toRows(boundary: PathBoundary, folder: AbsolutePath, found: IFound['rows']): Row[] {
  const known = travelling.get(found);
  if (known?.folder === folder) {
    return known.rows;
  }
  const rows = found.map(row => toRow(boundary, folder, row)).sort((one, other) => (one.path < other.path ? -1 : 1));
  travelling.set(found, { folder, rows });
  return rows;
}

/** A row as it travels. */
export function toRow(boundary: PathBoundary, folder: AbsolutePath, found: IFound['rows'][number]): Row {
  // Ten thousand times a folder: nothing in it is to be normalised.
  const path = `${folder === '/' ? '' : folder}/${found.name}` as AbsolutePath;
  return { name: displayName(found.name), path: boundary.toContents(path), ...found.facts };
}
