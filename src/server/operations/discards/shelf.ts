import { lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { WorkTree } from '../../dataset/workTree';
import { type Manifest, parseManifest } from './manifest';

/** Small discards are removed by a later one after this time; the documentation and the panel say so. */
export const KEPT_FOR = 30 * 24 * 60 * 60_000;
/** Larger ones are only removed by a person. */
const SMALL = 100_000_000;

/**
 * Where a repository keeps what was discarded: `jupyterlab-datalad/discarded/<id>/` in its `.git`, on the file system of its files as a
 * rule, so that a file is kept by a rename. It holds a manifest and the files.
 */
export class Shelf {
  readonly folder: string;
  /** See `Manifest.workTree`. */
  readonly workTree: string;

  constructor({ gitDir, commonDir }: Pick<WorkTree, 'gitDir' | 'commonDir'>) {
    this.folder = join(commonDir, 'jupyterlab-datalad', 'discarded');
    this.workTree = relative(commonDir, gitDir);
  }

  /** The path of a file on the shelf. */
  file(id: string, name: string): string {
    return join(this.folder, id, 'files', name);
  }

  /** The ref that keeps what the index had, and content that git-annex has of it, from being cleared away. */
  ref(id: string): string {
    return `refs/jupyterlab-datalad/discarded/${id}`;
  }

  /** Puts the manifest of a discard on the disk. Rejects with EEXIST where there is one of this id. */
  async begin(manifest: Manifest): Promise<void> {
    const folder = join(this.folder, manifest.id);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await mkdir(folder, { mode: 0o700 });
    await mkdir(join(folder, 'files'), { mode: 0o700 });
    await writeSynced(join(folder, 'manifest.new'), JSON.stringify(manifest));
    await rename(join(folder, 'manifest.new'), join(folder, 'manifest.json'));
    await this.sync(manifest.id);
    await syncFolder(this.folder);
  }

  /** Lets names on the shelf reach the disk. */
  async sync(id: string): Promise<void> {
    await syncFolder(join(this.folder, id, 'files'));
    await syncFolder(join(this.folder, id));
  }

  async find(id: string): Promise<Manifest | null> {
    const manifest = /^[\w-]{1,64}$/.test(id)
      ? parseManifest(await readFile(join(this.folder, id, 'manifest.json'), 'utf8').catch(() => ''))
      : null;
    return manifest?.id === id && manifest.workTree === this.workTree ? manifest : null;
  }

  /** Everything that is kept of this work tree, the newest first. */
  async list(): Promise<Manifest[]> {
    const names = await readdir(this.folder).catch(() => []);
    const found = await Promise.all(names.map(name => this.find(name)));
    return found.filter(manifest => manifest !== null).sort((one, other) => other.created - one.created);
  }

  /** Removes the files for good; the ref is the caller's. */
  async remove(id: string): Promise<void> {
    await rm(join(this.folder, id), { recursive: true, force: true });
  }

  /** Bytes that the kept files take now. */
  async bytes({ id, entries }: Manifest): Promise<number> {
    const sizes = entries.map(async ({ work }) => {
      const stats = work === null ? null : await lstat(this.file(id, work.name)).catch(() => null);
      return stats?.size ?? 0;
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }
}

/** When a later discard may remove a kept one; undefined where only a person does. */
export function keptUntil(created: number, bytes: number): number | undefined {
  return bytes <= SMALL ? created + KEPT_FOR : undefined;
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
