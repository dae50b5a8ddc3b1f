import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { SideFacts } from '../../../protocol/compare';
import { keyBytes } from '../../annex/key';
import { keyOfLink, POINTER_MAX } from '../../annex/pointer';
import { decodePath, fsPath } from '../../bytes';
import { GITLINK, isRegular, SYMLINK } from '../../git/entry';
import { objectSizes } from '../../git/objects';
import type { Repository } from '../repository';
import type { Entry, IRawDifference } from './rawDifferences';

/** Says what each side of some differences is; all keys and sizes are asked for at once. */
export class FactsReader {
  private sizes: ReadonlyMap<string, number> = new Map();

  constructor(private readonly repository: Repository) {}

  async load(entries: Iterable<Entry | null>, signal?: AbortSignal): Promise<void> {
    const { git, keys } = this.repository;
    const blobs = [...entries].filter(entry => entry !== null && entry !== 'disk').filter(({ mode }) => mode !== GITLINK);
    await keys.load(blobs, signal);
    const contents = blobs.filter(blob => isRegular(blob.mode) && keys.of(blob) === null);
    this.sizes = await objectSizes(git, [...new Set(contents.map(({ oid }) => oid))], signal);
  }

  /** Of an entry that was loaded. */
  of({ mode, oid }: { mode: string; oid: string }): SideFacts {
    if (mode === GITLINK) {
      return { kind: 'dataset' };
    }
    const key = this.repository.keys.of({ mode, oid });
    if (key !== null) {
      return ofKey(mode === SYMLINK ? 'annex' : 'annex-unlocked', key);
    }
    const bytes = this.sizes.get(oid);
    return mode === SYMLINK ? { kind: 'link' } : { kind: 'git', ...(bytes === undefined ? {} : { bytes }) };
  }

  /** Of each side of a difference. */
  async both(change: IRawDifference): Promise<{ before?: SideFacts; after?: SideFacts }> {
    const side = async (entry: Entry | null, path: string, other: Entry | null): Promise<SideFacts | null> =>
      entry === null ? null : entry === 'disk' ? await this.onDisk(path, other) : this.of(entry);
    const before = await side(change.before, change.oldPath ?? change.path, change.after);
    const after = await side(change.after, change.path, change.before);
    return { ...(before === null ? {} : { before }), ...(after === null ? {} : { after }) };
  }

  /** `tracked`: what git has under this path; its content may be another one. */
  private async onDisk(path: string, tracked: Entry | null): Promise<SideFacts | null> {
    const file = join(this.repository.root, path);
    const stats = await lstat(fsPath(file)).catch(() => null);
    if (stats === null) {
      return null;
    }
    if (stats.isSymbolicLink()) {
      const key = keyOfLink(decodePath(await readlink(fsPath(file), { encoding: 'buffer' }).catch(() => Buffer.alloc(0))));
      return key === null ? { kind: 'link' } : ofKey('annex', key);
    }
    if (stats.isDirectory()) {
      return { kind: 'dataset' };
    }
    const pointer = stats.isFile() && stats.size <= POINTER_MAX ? await this.pointer(path, stats.size) : null;
    if (pointer !== null) {
      return ofKey('annex-unlocked', pointer);
    }
    const entry = tracked === 'disk' ? null : tracked;
    const unlocked = entry !== null && isRegular(entry.mode) && this.repository.keys.of(entry) !== null;
    return { kind: entry === null ? 'other' : unlocked ? 'annex-unlocked' : 'git', bytes: stats.size };
  }

  private async pointer(path: string, size: number): Promise<string | null> {
    return await this.repository.contents.pointerOnDisk(path, size).catch(() => null);
  }
}

/** What a key says of its content. */
export function ofKey(kind: 'annex' | 'annex-unlocked', key: string): SideFacts {
  const bytes = keyBytes(key);
  return { kind, key, ...(bytes === undefined ? {} : { bytes }) };
}
