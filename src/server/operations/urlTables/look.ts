import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';
import { fail } from '../../../protocol/failure';
import { textOfPath } from '../../../protocol/names';
import { type ContentsPath, MAX_PATHS } from '../../../protocol/paths';
import type { FormatFlaw } from '../../../protocol/urlTable';
import { keyOfLink, keyOfPointer } from '../../annex/pointer';
import { fsPath } from '../../bytes';
import { Repository } from '../../dataset/repository';
import { WorkTree } from '../../dataset/workTree';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { requireDataset, resolvePath } from '../jobs/context';
import { expand, type IExpanded } from './expand';
import { withPlaces } from './places';
import { suggestFormats } from './suggest';
import { type ITable, readTable } from './table';

/** Bytes of a table. */
const LARGEST = 8_000_000;

export interface ILook {
  readonly boundary: PathBoundary;
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
}

export interface ITableInput {
  readonly dataset: ContentsPath;
  readonly table: ContentsPath;
  readonly urlFormat?: string;
  readonly fileFormat?: string;
}

/** A table with what its rows stand for. */
export interface ILooked {
  readonly dataset: AbsolutePath;
  readonly workTree: WorkTree;
  readonly table: ITable;
  readonly urlFormat: string;
  readonly fileFormat: string;
  readonly flaw: FormatFlaw | null;
  /** Rows with an address. */
  readonly rows: readonly IExpanded[];
  readonly empty: number;
}

/** Looks at a table, and at each place that its rows name; fails with `bad-table` where it cannot be read. */
export async function lookAtTable(input: ITableInput, { boundary, env, signal }: ILook): Promise<ILooked> {
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  if ((await (await Repository.open(dataset, env)).annexState()) === 'none') {
    fail('bad-table', 'This dataset has no annex, without which no source can be noted.', { parameters: { why: 'annex' } });
  }
  const table = readTable(
    textOfPath(input.table),
    await readText(boundary.resolve(input.table), { boundary, path: input.table })
  );
  if (table.rows.length > MAX_PATHS) {
    fail('bad-table', `There are more than ${MAX_PATHS} rows in this table.`, { parameters: { why: 'many', most: MAX_PATHS } });
  }
  const workTree = await WorkTree.open(dataset, { env, signal });
  const suggested = suggestFormats(table, { dataset: input.dataset, table: input.table });
  const { urlFormat = suggested.urlFormat, fileFormat = suggested.fileFormat } = input;
  const expanded = expand(table, { url: urlFormat, file: fileFormat });
  const looked = { dataset, workTree, table, urlFormat, fileFormat };
  if ('why' in expanded) {
    return { ...looked, flaw: expanded, rows: [], empty: 0 };
  }
  const rows = await withPlaces(expanded.rows, workTree, signal);
  return { ...looked, flaw: null, rows, empty: expanded.empty };
}

/** The text of a file, through the link of an annexed one, but to nowhere outside of what JupyterLab shows. */
async function readText(file: AbsolutePath, { boundary, path }: { boundary: PathBoundary; path: string }): Promise<string> {
  const place = await placeOf(file, { boundary, path });
  const handle = await open(fsPath(place), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (handle === null) {
    return fail('not-found', 'There is no table at this place.', { parameters: { path } });
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) {
      fail('bad-table', 'This is no file.', { parameters: { why: 'file' } });
    }
    if (stats.size > LARGEST) {
      fail('bad-table', 'This table is too large.', { parameters: { why: 'large', most: LARGEST } });
    }
    const content = await handle.readFile();
    if (keyOfPointer(content) !== null) {
      notHere(path);
    }
    if (!isUtf8(content)) {
      fail('bad-table', 'This is no text in UTF-8.', { parameters: { why: 'text' } });
    }
    // Spreadsheets put a mark at the beginning, which is no part of the first name.
    return content.toString('utf8').replace(/^\uFEFF/u, '');
  } finally {
    await handle.close();
  }
}

async function placeOf(file: AbsolutePath, { boundary, path }: { boundary: PathBoundary; path: string }): Promise<string> {
  const stats = await lstat(fsPath(file)).catch(() => null);
  if (stats?.isSymbolicLink() !== true) {
    return file;
  }
  const real = await realpath(fsPath(file)).catch(() => null);
  if (real === null && keyOfLink(String(await readlink(fsPath(file)))) !== null) {
    notHere(path);
  }
  return real === null || !boundary.contains(String(real))
    ? fail('outside-root', 'This link leads nowhere, or outside the folder that JupyterLab shows.', { parameters: { path } })
    : String(real);
}

function notHere(path: string): never {
  return fail('not-here', 'The content of the table is not here.', { hint: 'Get it first.', parameters: { files: 1, path } });
}
