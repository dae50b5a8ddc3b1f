import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { lstat, open, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { checksumOf } from '../annex/checksum';
import { keyBytes } from '../annex/key';
import { keyOfPointer, POINTER_MAX } from '../annex/pointer';
import { decodePath, fsPath } from '../bytes';
import { isRegular, SYMLINK } from '../git/entry';
import { objectSizes, readBlobs } from '../git/objects';
import { hashFile } from '../hashFile';
import type { Repository } from './repository';

/**
 * Decides whether a tracked file whose time stamp differs from the index really differs in content, without starting any filter.
 * Line endings and encodings that `.gitattributes` convert are compared as they are on disk, except for CRLF.
 */
export class ContentCheck {
  private readonly known = new LRUCache<string, boolean>({ max: 20_000 });

  constructor(private readonly repository: Repository) {}

  /** `path` is relative to the dataset; `mode` and `oid` are what the index has. The file must exist. */
  async differs(path: string, entry: { mode: string; oid: string }, signal?: AbortSignal): Promise<boolean> {
    const absolute = join(this.repository.root, path);
    const stats = await lstat(fsPath(absolute), { bigint: true });
    const identity = `${entry.oid} ${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
    const known = this.known.get(identity);
    if (known !== undefined) {
      return known;
    }
    const differs = await this.compare(absolute, stats, entry, signal);
    this.known.set(identity, differs);
    return differs;
  }

  /** The key when the file on disk is a pointer file, that is an unlocked file whose content is not here. */
  async pointerOnDisk(path: string, size: number): Promise<string | null> {
    return size > POINTER_MAX ? null : keyOfPointer(await readWhole(join(this.repository.root, path), POINTER_MAX));
  }

  /** Whether a file on disk is a pointer file; null when there is no file. */
  async isPointer(path: string): Promise<boolean | null> {
    const stats = await lstat(fsPath(join(this.repository.root, path))).catch(() => null);
    return stats?.isFile() === true ? (await this.pointerOnDisk(path, stats.size)) !== null : null;
  }

  private async compare(
    absolute: string,
    stats: BigIntStats,
    entry: { mode: string; oid: string },
    signal?: AbortSignal
  ): Promise<boolean> {
    if (entry.mode === SYMLINK) {
      const blob = (await readBlobs(this.repository.git, [entry.oid], signal)).get(entry.oid);
      return !stats.isSymbolicLink() || blob?.equals(await readlink(fsPath(absolute), { encoding: 'buffer' })) !== true;
    }
    if (!isRegular(entry.mode) || !stats.isFile()) {
      return true;
    }
    const key = await this.repository.keys.read(entry, signal);
    return key === null
      ? await this.blobDiffers(absolute, stats, entry.oid, signal)
      : await this.keyDiffers(absolute, stats, key, signal);
  }

  private async keyDiffers(absolute: string, stats: BigIntStats, key: string, signal?: AbortSignal): Promise<boolean> {
    if (stats.size <= POINTER_MAX && keyOfPointer(await readWhole(absolute, POINTER_MAX)) === key) {
      return false;
    }
    const bytes = keyBytes(key);
    if (bytes !== undefined && BigInt(bytes) !== stats.size) {
      return true;
    }
    const place = await this.repository.store.find(key);
    if (place !== null && (await stat(fsPath(place), { bigint: true })).ino === stats.ino) {
      return false;
    }
    const checksum = checksumOf(key);
    return !checksum?.hash || (await hashFile(absolute, checksum.hash, { signal })) !== checksum.value;
  }

  private async blobDiffers(absolute: string, stats: BigIntStats, oid: string, signal?: AbortSignal): Promise<boolean> {
    const size = (await objectSizes(this.repository.git, [oid], signal)).get(oid);
    const hash = oid.length === 40 ? 'sha1' : 'sha256';
    if (size === undefined) {
      return true;
    }
    if (BigInt(size) === stats.size) {
      return (await hashFile(absolute, hash, { prefix: `blob ${size}\0`, signal })) !== oid;
    }
    return !(await this.sameButForLineEnds(absolute, { size, onDisk: Number(stats.size), oid, hash }));
  }

  /** Checked out with CRLF as `core.autocrlf` or an `eol` attribute ask for: no change in git's eyes. */
  private async sameButForLineEnds(
    absolute: string,
    file: { size: number; onDisk: number; oid: string; hash: string }
  ): Promise<boolean> {
    if (file.onDisk < file.size || file.onDisk > 2 * file.size || file.onDisk > 10_000_000) {
      return false;
    }
    const content = await readWhole(absolute, file.onDisk);
    const unix = Buffer.from(content.toString('latin1').replace(/\r\n/g, '\n'), 'latin1');
    if (createHash(file.hash).update(`blob ${unix.length}\0`).update(unix).digest('hex') !== file.oid) {
      return false;
    }
    return await this.convertsLineEnds(absolute.slice(this.repository.root.length + 1));
  }

  /** Whether git writes files of this name with other ends of lines than it stores. */
  async convertsLineEnds(path: string): Promise<boolean> {
    const config = await this.repository.git.config();
    if (config.flag('core.autocrlf') || config.get('core.autocrlf') === 'input') {
      return true;
    }
    const output = decodePath(await this.repository.git.read(['check-attr', '-z', 'text', 'eol', '--', path]));
    const values = output.split('\0').filter((_, index) => index % 3 === 2);
    return values.some(value => ['set', 'auto', 'crlf'].includes(value));
  }
}

/** At most `limit` bytes from the start of a regular file. */
async function readWhole(path: string, limit: number): Promise<Buffer> {
  const file = await open(fsPath(path), 'r');
  try {
    const buffer = Buffer.alloc(limit);
    const { bytesRead } = await file.read(buffer, 0, limit, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
