import { readFileSync, readlinkSync, statSync } from 'node:fs';
import { mixedHashDirectory } from '../../annex/hashDirectory';
import { keyBytes } from '../../annex/key';
import { keyOfLink, keyOfPointer, POINTER_MAX } from '../../annex/pointer';
import type { KeyPlaces } from '../../annex/presence';
import { decodePath, fsPath } from '../../bytes';
import { SYMLINK } from '../../git/entry';
import type { Repository } from '../repository';
import type { Facts } from '../rowBuilder';

/** A file that is as the index says. */
export interface IPlainFile {
  name: string;
  entry: { mode: string; oid: string };
  /** On disk. */
  bytes: number;
}

/** What an entry of the index stands for; it stays so as long as its blob is the same. */
interface IKnownFile {
  blob: string;
  /** Null when it is no annexed file. */
  key: string | null;
  bytes: number | undefined;
  /** The folder below `annex/objects` in which the content lies as a rule. */
  directory: string;
}

/** What the files directly in one folder stand for, remembered from one look at it to the next. */
export class PlainFolder {
  private readonly known = new Map<string, IKnownFile>();

  constructor(
    private readonly repository: Repository,
    /** Absolute. */
    private readonly folder: string
  ) {}

  get size(): number {
    return this.known.size;
  }

  /** Forgets files that are gone, when there are many of them. */
  keep(names: ReadonlyMap<string, unknown>): void {
    if (this.known.size > 2 * names.size + 100) {
      [...this.known.keys()].filter(name => !names.has(name)).forEach(name => this.known.delete(name));
    }
  }

  /** Where the content of a file may lie, for a look ahead of `facts`. */
  places({ name, entry }: IPlainFile, places: KeyPlaces): readonly string[] {
    try {
      const { key, directory } = this.fileOf(name, entry);
      return key === null ? [] : places.of(key, directory);
    } catch {
      return [];
    }
  }

  /**
   * What a file is, and whether its content is here at this moment. The keys of regular files must be loaded. Null where that takes a
   * closer look: its blob cannot be read, or its content may not be looked for.
   */
  facts({ name, entry, bytes }: IPlainFile, places: KeyPlaces): Facts | null {
    const { keys } = this.repository;
    if (entry.mode !== SYMLINK && keys.lacks(entry)) {
      return null;
    }
    try {
      const file = this.fileOf(name, entry);
      if (file.key === null) {
        return entry.mode === SYMLINK ? { kind: 'link' } : { kind: 'git', bytes };
      }
      if (entry.mode === SYMLINK) {
        return { kind: 'annex', ...contentOf(file, file.key, places) };
      }
      const isPointer = bytes <= POINTER_MAX && keyOfPointer(readFileSync(this.path(name))) === file.key;
      return isPointer
        ? { kind: 'annex-unlocked', ...contentOf(file, file.key, places) }
        : { kind: 'annex-unlocked', here: 'yes', bytes, key: file.key };
    } catch {
      // Not to be seen by us, or gone in between: whoever looks closer says what it is.
      return null;
    }
  }

  private fileOf(name: string, entry: IPlainFile['entry']): IKnownFile {
    const blob = `${entry.mode}${entry.oid}`;
    const before = this.known.get(name);
    if (before?.blob === blob) {
      return before;
    }
    const { keys } = this.repository;
    const target = entry.mode === SYMLINK ? decodePath(readlinkSync(this.path(name), { encoding: 'buffer' })) : null;
    const key = target === null ? keys.of(entry) : keyOfLink(target);
    const file =
      key === null
        ? { blob, key, bytes: undefined, directory: '' }
        : { blob, key, bytes: keyBytes(key), directory: mixedHashDirectory(key) };
    this.known.set(name, file);
    return file;
  }

  private path(name: string): string | Buffer {
    return fsPath(`${this.folder}/${name}`);
  }
}

function contentOf(
  { directory, bytes }: IKnownFile,
  key: string,
  places: KeyPlaces
): Pick<Facts, 'here' | 'bytes' | 'key' | 'damaged'> {
  for (const place of places.of(key, directory)) {
    const content = statSync(fsPath(place), { throwIfNoEntry: false });
    if (content !== undefined) {
      const size = bytes ?? content.size;
      return { here: 'yes', bytes: size, key, ...(size === content.size ? {} : { damaged: true }) };
    }
  }
  return { here: 'no', key, ...(bytes === undefined ? {} : { bytes }) };
}
