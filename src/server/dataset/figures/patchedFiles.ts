import type { AnnexedFiles } from './annexedFiles';

/** A file that came to the index. */
export interface IAddedFile {
  path: string;
  key: string;
  unlocked: boolean;
}

/** What changes where: a file comes before the one that stands there, or that one goes. */
interface IEdit {
  at: number;
  file: (IAddedFile & { place: number }) | null;
}

/** The files after a change of some of them; `removed` are places in `before.paths`, all in git's order. */
export function patchedFiles(before: AnnexedFiles, removed: readonly number[], added: readonly IAddedFile[]): AnnexedFiles {
  const coming = added.map(file => ({ at: before.lower(file.path), file: { ...file, place: before.placeOf(file.key) } }));
  const going = removed.map(at => ({ at, file: null }));
  // Stable: what comes stands before what goes from the same place.
  const edits: IEdit[] = [...coming, ...going].sort((one, other) => one.at - other.at);
  const uses = before.uses.slice();
  removed.map(at => before.keyOf[at] ?? 0).forEach(place => (uses[place] = (uses[place] ?? 1) - 1));
  coming.forEach(({ file: { place } }) => (uses[place] = (uses[place] ?? 0) + 1));
  const after = before.changed({
    paths: patched(before.paths, edits, ({ path }) => path),
    keyOf: patched(before.keyOf, edits, ({ place }) => place),
    unlocked: patched(before.unlocked, edits, ({ unlocked }) => unlocked),
    uses,
    ranges: new Map(),
    subdatasets: before.subdatasets
  });
  const touched = [...removed.map(at => before.paths[at] ?? ''), ...added.map(({ path }) => path)];
  addRanges(after, before, { edits, touched: new Set(touched.flatMap(foldersAround)) });
  return after;
}

/** A column with some of its values taken out or put in: what lies between them is copied as a whole. */
function patched<T>(column: readonly T[], edits: readonly IEdit[], valueOf: (file: NonNullable<IEdit['file']>) => T): T[] {
  const parts: T[][] = [];
  let from = 0;
  for (const { at, file } of edits) {
    parts.push(column.slice(from, at), file === null ? [] : [valueOf(file)]);
    from = file === null ? at + 1 : at;
  }
  return ([] as T[]).concat(...parts, column.slice(from));
}

/** Folders in which nothing came or went only move; where the others stand is looked for. */
function addRanges(
  after: AnnexedFiles,
  before: AnnexedFiles,
  { edits, touched }: { edits: readonly IEdit[]; touched: ReadonlySet<string> }
): void {
  const shiftAt = shifts(edits);
  for (const [folder, [start, end]] of before.ranges) {
    if (!touched.has(folder)) {
      const shift = shiftAt(start);
      after.ranges.set(folder, [start + shift, end + shift]);
    }
  }
  for (const folder of touched) {
    const [start, end] = folder === '' ? [0, after.paths.length] : [after.lower(`${folder}/`), after.lower(`${folder}0`)];
    if (start < end) {
      after.ranges.set(folder, [start, end]);
    }
  }
}

/** Tells how far a file moves that stays in the list. */
function shifts(edits: readonly IEdit[]): (place: number) => number {
  const sums = [0];
  edits.forEach(({ file }, index) => sums.push((sums[index] ?? 0) + (file === null ? -1 : 1)));
  return place => {
    let [low, high] = [0, edits.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      [low, high] = (edits[middle]?.at ?? 0) <= place ? [middle + 1, high] : [low, middle];
    }
    return sums[low] ?? 0;
  };
}

function foldersAround(path: string): string[] {
  const names = path.split('/');
  return names.map((_, depth) => names.slice(0, depth).join('/'));
}
