import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fsPath } from '../bytes';
import { keyFileName, lowerHashDirectory, mixedHashDirectory } from './hashDirectory';

/** Letters of a folder in the layout of bare repositories; the others have two. */
const LOWER = 3;

/** Where content may be, as the folders below `annex/objects` were when it was made. */
export class KeyPlaces {
  constructor(
    private readonly annexDir: string,
    private readonly hasLower: boolean
  ) {}

  /** Where a key's content may be; `directory` is its mixed one. */
  of(key: string, directory: string): string[] {
    const name = keyFileName(key);
    const at = (folder: string): string => `${this.annexDir}/objects/${folder}/${name}/${name}`;
    return this.hasLower ? [at(directory), at(lowerHashDirectory(key))] : [at(directory)];
  }
}

/** Looks for content in `annex/objects` of one repository, as git-annex does: by key, never by following a link of the work tree. */
export class ObjectStore {
  /** `annexDir`: the `annex` folder of the repository; it need not exist. */
  constructor(readonly annexDir: string) {}

  /** For a look at many keys at one time. */
  async open(): Promise<KeyPlaces> {
    const outer = await names(join(this.annexDir, 'objects'));
    return new KeyPlaces(
      this.annexDir,
      outer.some(name => name.length === LOWER)
    );
  }

  /** Where a key's content may be, the usual place first; the second is for file systems that do not tell `x` from `X`. */
  places(key: string): [string, string] {
    const name = keyFileName(key);
    return [this.placeIn(mixedHashDirectory(key), name), this.placeIn(lowerHashDirectory(key), name)];
  }

  /** The same for one hash folder, by the name of the key's file. */
  placeIn(directory: string, name: string): string {
    // Not `join`: a hundred thousand times there is nothing to be normalised.
    return `${this.annexDir}/objects/${directory}/${name}/${name}`;
  }

  /**
   * A key's content, or null when it is not here. Fails with `EACCES` where nobody may look: content that cannot be seen must not be
   * called not here.
   */
  async look(key: string): Promise<{ path: string; size: number } | null> {
    for (const path of this.places(key)) {
      const size = await sizeOf(path);
      if (size !== null) {
        return { path, size };
      }
    }
    return null;
  }

  /** Path of a key's content, or null when it is not here; see {@link look}. */
  async find(key: string): Promise<string | null> {
    return (await this.look(key))?.path ?? null;
  }

  async has(key: string): Promise<boolean> {
    return (await this.find(key)) !== null;
  }

  /** The hash folders that exist, as `xX/yY`: most keys that are not here are known by their folder not being there. */
  async folders(): Promise<Set<string>> {
    const objects = join(this.annexDir, 'objects');
    const found = new Set<string>();
    for (const outer of await names(objects)) {
      for (const inner of await names(join(objects, outer))) {
        found.add(`${outer}/${inner}`);
      }
    }
    return found;
  }

  /** Whether a key's content can be here at all, by the answer of `folders`. */
  mayHave(key: string, folders: ReadonlySet<string>): boolean {
    return folders.has(mixedHashDirectory(key)) || folders.has(lowerHashDirectory(key));
  }
}

async function sizeOf(path: string): Promise<number | null> {
  return await stat(fsPath(path)).then(({ size }) => size, absent(null));
}

/** Names in a folder; none where it does not exist. */
async function names(folder: string): Promise<string[]> {
  return await readdir(fsPath(folder)).catch(absent([]));
}

function absent<T>(answer: T): (error: NodeJS.ErrnoException) => T {
  return error => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      return answer;
    }
    throw error;
  };
}
