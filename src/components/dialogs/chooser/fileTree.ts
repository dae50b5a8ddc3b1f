import type { Listing, Row } from '../../../protocol/dataset';
import { shownName } from '../../../protocol/names';
import type { ContentsPath } from '../../../protocol/paths';
import { isFolder } from './tickedFiles';

/** What is known of the folders that were unfolded; nothing of one that is still read. */
export type Folders = ReadonlyMap<ContentsPath, Listing | Error>;

interface ILine {
  readonly id: string;
  /** One for what lies in the dataset itself. */
  readonly level: number;
  readonly position: number;
  readonly size: number;
}
export interface IFileLine extends ILine {
  readonly row: Row;
  /** The folders it lies in, the outermost first. */
  readonly around: readonly ContentsPath[];
  /** Undefined of what cannot be unfolded. */
  readonly open: boolean | undefined;
}
/** Stands for what is not listed, and why. */
export interface IRemark extends ILine {
  readonly remark: 'reading' | 'nothing' | 'unmatched' | 'more' | Error;
}
export type TreeLine = IFileLine | IRemark;

interface IView {
  readonly folders: Folders;
  readonly open: ReadonlySet<ContentsPath>;
  /** Files whose names hold this, with the folders around them, and folders whose names do, with all in them. */
  readonly filter: string;
}

/** The lines of a tree as it is unfolded, folders before files. */
export function linesOf(top: ContentsPath, view: IView): TreeLine[] {
  return within(top, { ...view, filter: view.filter.trim().toLowerCase() }, []);
}

type Unplaced = Omit<IFileLine, 'position' | 'size'> | Omit<IRemark, 'position' | 'size'>;

function within(folder: ContentsPath, view: IView, around: readonly ContentsPath[]): TreeLine[] {
  const listing = view.folders.get(folder);
  const level = around.length + 1;
  const remark = (text: IRemark['remark']): Unplaced => ({ id: `${folder}//`, level, remark: text });
  if (listing === undefined || listing instanceof Error) {
    return placed([[remark(listing ?? 'reading')]]);
  }
  const groups = sorted(listing).flatMap((row): Unplaced[][] => {
    const open = isFolder(row) ? view.open.has(row.path) : undefined;
    const isNamed = hasName(row, view.filter);
    const below = open === true ? within(row.path, isNamed ? { ...view, filter: '' } : view, [...around, row.path]) : [];
    const meant = isNamed || below.some(line => 'row' in line);
    return meant ? [[{ id: row.path, level, row, around, open }, ...below]] : [];
  });
  const none = view.filter === '' ? 'nothing' : 'unmatched';
  const end: Unplaced[][] = listing.truncated ? [[remark('more')]] : groups.length === 0 ? [[remark(none)]] : [];
  return placed([...groups, ...end]);
}

/** The first of each group stands in this folder; what is below it has its place already. */
function placed(groups: readonly Unplaced[][]): TreeLine[] {
  return groups.flatMap(([first, ...below], at) =>
    first === undefined ? [] : [{ ...first, position: at + 1, size: groups.length }, ...(below as TreeLine[])]
  );
}

function hasName(row: Row, filter: string): boolean {
  return filter === '' || shownName(row.name).toLowerCase().includes(filter);
}

const order = new Intl.Collator(undefined, { numeric: true });
const known = new WeakMap<Listing, Row[]>();

/** What is on the disk, in the order of people. */
function sorted(listing: Listing): Row[] {
  const rows =
    known.get(listing) ??
    listing.rows
      .filter(({ change }) => change !== 'deleted')
      .sort((one, other) => Number(isFolder(other)) - Number(isFolder(one)) || order.compare(one.name, other.name));
  known.set(listing, rows);
  return rows;
}

/** The line that a key leads to from another, or what it does there. */
export function treeKey(lines: readonly TreeLine[], at: number, key: string): { to?: number; fold?: ContentsPath } {
  const line = lines[at];
  if (line === undefined) {
    return {};
  }
  const open = 'row' in line ? line.open : undefined;
  if (key === 'ArrowRight' && 'row' in line) {
    return open === false
      ? { fold: line.row.path }
      : open === true && (lines[at + 1]?.level ?? 0) > line.level
        ? { to: at + 1 }
        : {};
  }
  if (key === 'ArrowLeft') {
    const parent = lines.slice(0, at).findLastIndex(({ level }) => level < line.level);
    return open === true && 'row' in line ? { fold: line.row.path } : parent >= 0 ? { to: parent } : {};
  }
  return {};
}
