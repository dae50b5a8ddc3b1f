import { keyOfLink, keyOfPointer, POINTER_MAX } from '../../annex/pointer';
import { decodePath, isUtf8 } from '../../bytes';
import { type IGitEntry, parseIndex, SYMLINK } from '../../git/entry';
import { objectSizes, readBlobs } from '../../git/objects';
import type { GitReader } from '../../git/reader';

/** More names than this are not handed to git as arguments, whose length is limited: everything is listed and sorted out here. */
const MAX_ARGUMENTS = 200;

/** Index entries at or below names relative to the repository; the empty name stands for all. */
export async function entriesAt(git: GitReader, names: readonly string[], signal: AbortSignal): Promise<IGitEntry[]> {
  const wanted = new Set(names);
  const entries = parseIndex(await git.read(['ls-files', '-s', '-z', '--', ...argumentPlaces(names)], { signal }));
  return wanted.has('') ? entries : entries.filter(({ path }) => isAmong(path, wanted));
}

/** Arguments that limit a list to names, and to little else; none stands for all. */
export function argumentPlaces(names: readonly string[]): string[] {
  const places = names.map(withoutBytes);
  return places.length <= MAX_ARGUMENTS && !places.includes('') ? places : [];
}

/** A name as far as it can be an argument: the folder around the first part that is no UTF-8. */
function withoutBytes(name: string): string {
  const parts = name.split('/');
  const bad = parts.findIndex(part => !isUtf8(part));
  return bad === -1 ? name : parts.slice(0, bad).join('/');
}

/** Whether a path is one of the names, or lies below one. */
export function isAmong(path: string, names: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (names.has(path.slice(0, end))) {
      return true;
    }
  }
  return names.has('');
}

/** The keys of what stands for annexed content by the index, by path, whatever lies in the working tree now. */
export async function annexedKeys(
  entries: readonly IGitEntry[],
  git: GitReader,
  signal: AbortSignal
): Promise<Map<string, string>> {
  const oids = entries.map(({ oid }) => oid);
  const sizes = await objectSizes(git, oids, signal);
  const small = oids.filter(oid => (sizes.get(oid) ?? Infinity) <= POINTER_MAX);
  const blobs = await readBlobs(git, small, signal);
  const keys = new Map<string, string>();
  for (const { oid, mode, path } of entries) {
    const blob = blobs.get(oid) ?? Buffer.alloc(0);
    const key = mode === SYMLINK ? keyOfLink(decodePath(blob)) : keyOfPointer(blob);
    if (key !== null) {
      keys.set(path, key);
    }
  }
  return keys;
}
