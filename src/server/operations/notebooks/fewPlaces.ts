/** More are not told. */
const MOST = 20;

/** A place with the files in it; of a single file its own path. */
interface IGroup {
  readonly place: string;
  readonly files: readonly string[];
}

/**
 * A few places for many files, by their absolute paths: files by themselves as far as they fit, else the folders that they lie in, which
 * end in `/`. What was read of a package is one place, and not its thousand files.
 */
export function fewPlaces(files: readonly string[], most = MOST): string[] {
  let groups: IGroup[] = files.length === 0 ? [] : [groupAt('/', [...new Set(files)])];
  for (;;) {
    const split = groups
      .filter(({ files: inside }) => inside.length > 1)
      .map(group => ({ group, parts: partsOf(group) }))
      .filter(({ parts }) => groups.length - 1 + parts.length <= most)
      .sort((one, other) => one.parts.length - other.parts.length)[0];
    if (split === undefined) {
      return groups.map(({ place }) => place).sort();
    }
    groups = [...groups.filter(group => group !== split.group), ...split.parts];
  }
}

/** The same files one folder further down. */
function partsOf({ place, files }: IGroup): IGroup[] {
  const parts = new Map<string, string[]>();
  for (const file of files) {
    const slash = file.indexOf('/', place.length);
    const part = slash < 0 ? file : file.slice(0, slash + 1);
    const inside = parts.get(part);
    if (inside === undefined) {
      parts.set(part, [file]);
    } else {
      inside.push(file);
    }
  }
  return [...parts].map(([part, inside]) => groupAt(part, inside));
}

function groupAt(place: string, files: readonly string[]): IGroup {
  return { place: files.length === 1 ? (files[0] ?? place) : place, files };
}
