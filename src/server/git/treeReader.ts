import { LRUCache } from 'lru-cache';
import { decodePath } from '../bytes';
import { objectIds, parseBatch } from './objects';
import type { GitReader } from './reader';

/** One entry of a tree. */
export interface ITreeItem {
  /** Six octal digits, such as `040000`; see `entry.ts`. */
  readonly mode: string;
  readonly oid: string;
}

type Items = ReadonlyMap<string, ITreeItem>;

const CHUNK = 2_000;
/** Entries of trees that are kept. */
const KEPT = 400_000;

/** Reads trees of commits many at a time, and keeps those it has seen: a tree never changes. */
export class TreeReader {
  private readonly known = new LRUCache<string, Items>({ maxSize: KEPT, sizeCalculation: items => items.size + 1 });
  private readonly tops = new LRUCache<string, string>({ max: 20_000 });

  constructor(private readonly git: GitReader) {}

  /** The trees by their ids; those git does not have are missing from the answer. */
  async trees(oids: Iterable<string>, signal: AbortSignal): Promise<Map<string, Items>> {
    const found = new Map<string, Items>();
    const wanted: string[] = [];
    for (const oid of new Set(oids)) {
      const items = this.known.get(oid);
      if (items === undefined) {
        wanted.push(oid);
      } else {
        found.set(oid, items);
      }
    }
    for (let at = 0; at < wanted.length; at += CHUNK) {
      const some = wanted.slice(at, at + CHUNK);
      const input = some.map(oid => `${oid}\n`).join('');
      const output = await this.git.read(['cat-file', '--batch', '--buffer'], { signal, input });
      for (const [oid, bytes] of parseBatch(output)) {
        const items = itemsOf(bytes, oid.length / 2);
        this.known.set(oid, items);
        found.set(oid, items);
      }
    }
    return found;
  }

  /** The ids of the top trees of commits; those git does not have are missing from the answer. */
  async topsOf(commits: Iterable<string>, signal: AbortSignal): Promise<Map<string, string>> {
    const all = [...new Set(commits)];
    const unknown = all.filter(commit => !this.tops.has(commit));
    const oids = await objectIds(
      this.git,
      unknown.map(commit => `${commit}^{tree}`),
      signal
    );
    const read = new Map(unknown.map((commit, at) => [commit, oids[at] ?? null] as const));
    read.forEach((oid, commit) => oid !== null && this.tops.set(commit, oid));
    return new Map(
      all.flatMap(commit => {
        const oid = read.get(commit) ?? this.tops.get(commit);
        return oid === undefined ? [] : [[commit, oid] as const];
      })
    );
  }
}

/** Reads a tree as git stores it: `<mode> <name>\0<id>` for each entry. */
export function itemsOf(bytes: Buffer, oidBytes: number): Items {
  const items = new Map<string, ITreeItem>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const zero = bytes.indexOf(0, space);
    const end = zero + 1 + oidBytes;
    if (space < 0 || zero < 0 || end > bytes.length) {
      break;
    }
    const mode = bytes.toString('latin1', at, space).padStart(6, '0');
    items.set(decodePath(bytes.subarray(space + 1, zero)), { mode, oid: bytes.toString('hex', zero + 1, end) });
    at = end;
  }
  return items;
}
