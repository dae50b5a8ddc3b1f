import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { decodePath } from '../bytes';
import { isRegular, SYMLINK } from '../git/entry';
import { objectSizes, readSoundBlobs } from '../git/objects';
import type { GitReader } from '../git/reader';
import { keyOfLink, keyOfPointer, POINTER_MAX } from './pointer';

/** Shorter blobs cannot hold a pointer. */
const SHORTEST = 16;

/** What to ask {@link KeyReader} about: an entry of a tree or of the index. */
export interface IBlob {
  mode: string;
  oid: string;
}

/** Tells annex keys from blobs: a blob never changes, so every answer is kept. */
export class KeyReader {
  // By size, not by number, for which room is taken at once, in each dataset that is open.
  private readonly known = new LRUCache<string, string>({ maxSize: 300_000, sizeCalculation: () => 1 });
  private readonly missing = new LRUCache<string, true>({ max: 10_000 });

  constructor(private readonly git: GitReader) {}

  /**
   * Looks the blobs up that are not known yet; afterwards `of` answers for them, as long as there are not more than fit. Blobs
   * that are missing (partial clones) or damaged count as holding no key: see `lacks`.
   */
  async load(blobs: Iterable<IBlob>, signal?: AbortSignal): Promise<void> {
    const links = new Set<string>();
    const files = new Set<string>();
    for (const { mode, oid } of blobs) {
      if ((mode === SYMLINK || isRegular(mode)) && !this.knows({ mode, oid })) {
        (mode === SYMLINK ? links : files).add(oid);
      }
    }
    if (links.size + files.size === 0) {
      return;
    }
    // Files may be of any size, links are short: half the work in datasets of locked files.
    const sizes = await objectSizes(this.git, [...files], signal);
    const wanted = [...links, ...[...files].filter(oid => within(sizes.get(oid)))];
    const contents = await readSoundBlobs(this.git, wanted, signal);
    links.forEach(oid => {
      const target = contents.get(oid);
      this.remember(SYMLINK, oid, target === undefined ? undefined : keyOfLink(decodePath(target)));
    });
    files.forEach(oid => {
      const content = contents.get(oid);
      // What is too long for a pointer was not read.
      const known = sizes.has(oid) && !within(sizes.get(oid)) ? null : undefined;
      this.remember('100644', oid, content === undefined ? known : keyOfPointer(content));
    });
  }

  /** Takes a file of the work tree for what the index has, if it is that byte for byte: much quicker than asking git for the blob. */
  learn({ mode, oid }: IBlob, content: Buffer): void {
    if (isRegular(mode) && blobId(content, oid.length === 40 ? 'sha1' : 'sha256') === oid) {
      this.remember(mode, oid, content.length < SHORTEST ? null : keyOfPointer(content));
    }
  }

  /** Whether a blob is known already. */
  knows({ mode, oid }: IBlob): boolean {
    return this.known.has(identity(mode, oid));
  }

  /** Whether a loaded blob could not be read, so that nobody knows what it stands for. It is looked for again with the next load. */
  lacks({ mode, oid }: IBlob): boolean {
    return this.missing.has(identity(mode, oid));
  }

  /** The key a loaded blob stands for, or null when it is content or a link to elsewhere. */
  of({ mode, oid }: IBlob): string | null {
    return this.known.get(identity(mode, oid)) || null;
  }

  /** Loads one blob and answers. */
  async read(blob: IBlob, signal?: AbortSignal): Promise<string | null> {
    await this.load([blob], signal);
    return this.of(blob);
  }

  /** Undefined: it could not be read. */
  private remember(mode: string, oid: string, key: string | null | undefined): void {
    const blob = identity(mode, oid);
    if (key === undefined) {
      this.missing.set(blob, true);
    } else {
      this.missing.delete(blob);
      this.known.set(blob, key ?? '');
    }
  }
}

function within(size: number | undefined): boolean {
  return size !== undefined && size >= SHORTEST && size <= POINTER_MAX;
}

/** The id git gives to a blob. */
function blobId(content: Buffer, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** One blob may be a link here and a file there. */
function identity(mode: string, oid: string): string {
  return mode === SYMLINK ? `l${oid}` : oid;
}
