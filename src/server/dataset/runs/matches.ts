import { type Dirent, realpathSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { decodePath, fsPath } from '../../bytes';
import { isDirectory } from '../../exists';
import { isWithin } from '../../nesting';
import { isPattern, matcherOf } from './glob';

/** Entries of folders that are looked at for all patterns of one question. */
const MOST = 200_000;

/** What the inputs or outputs of a run stand for. */
export interface IMatches {
  /** Relative to the folder it runs in, as DataLad puts them into the command. */
  readonly paths: readonly string[];
  /** `none`: the pattern itself stands among the paths; `folders`: only folders around were found, as where a subdataset is not installed. */
  readonly found: 'all' | 'folders' | 'none';
}

/**
 * Looks for the files that patterns stand for, by the rules of Python's `glob`, as DataLad does. Nothing outside the dataset is looked at,
 * wherever links lead to.
 */
export class Matches {
  private looked = 0;
  private left = false;
  private readonly top: string;
  private readonly inside = new Map<string, boolean>();

  /** `root`: of the dataset; `folder`: where the command runs. Both absolute. */
  constructor(
    root: string,
    private readonly folder: string,
    private readonly signal?: AbortSignal
  ) {
    this.top = realpathSync(fsPath(root), { encoding: 'utf8' });
  }

  /** A pattern would have gone on, through a link, outside of the dataset. */
  get leadsOut(): boolean {
    return this.left;
  }

  /** There were more files than are looked at. */
  get truncated(): boolean {
    return this.looked >= MOST;
  }

  /** What one specification stands for. */
  async of(specification: string): Promise<IMatches> {
    const hits = await this.glob(specification);
    if (hits.length > 0) {
      return { paths: hits, found: 'all' };
    }
    for (const around of patternsAround(specification)) {
      const folders = await this.glob(around);
      if (folders.length > 0) {
        return { paths: folders, found: 'folders' };
      }
    }
    return { paths: [specification], found: 'none' };
  }

  private async glob(pattern: string): Promise<string[]> {
    if (pattern === '') {
      return [];
    }
    const found = await this.expand(pattern, false);
    // `**` matches the folder it begins in, too, which has no name.
    const named = pattern.startsWith('**') ? found.filter(path => path !== '') : found;
    return named.map(path => this.normalize(path)).sort(byCodePoint);
  }

  private async expand(pattern: string, onlyFolders: boolean): Promise<string[]> {
    const { head, tail } = split(pattern);
    if (!isPattern(pattern)) {
      const there = tail === '' ? await this.isFolder(head) : await this.isThere(pattern);
      return there ? [pattern] : [];
    }
    const folders = head !== '' && head !== pattern && isPattern(head) ? await this.expand(head, true) : [head];
    const found: string[] = [];
    for (const folder of folders) {
      for (const name of await this.namesIn(folder, tail, onlyFolders)) {
        found.push(joined(folder, name));
      }
    }
    return found;
  }

  private async namesIn(folder: string, tail: string, onlyFolders: boolean): Promise<string[]> {
    if (tail === '**') {
      const below = await this.below(folder, onlyFolders);
      return folder === '' || (await this.isFolder(folder)) ? ['', ...below] : [];
    }
    if (isPattern(tail)) {
      const names = await this.list(folder, onlyFolders);
      return names.filter(matcherOf(tail));
    }
    const there = tail === '' ? await this.isFolder(folder) : await this.isThere(joined(folder, tail));
    return there ? [tail] : [];
  }

  private async below(folder: string, onlyFolders: boolean): Promise<string[]> {
    const found: string[] = [];
    for (const name of await this.list(folder, onlyFolders, true)) {
      if (!name.startsWith('.')) {
        found.push(name);
        found.push(...(await this.below(joined(folder, name), onlyFolders)).map(rest => `${name}/${rest}`));
      }
    }
    return found;
  }

  /** `deep`: what is below these is looked at next. */
  private async list(folder: string, onlyFolders: boolean, deep = false): Promise<string[]> {
    this.signal?.throwIfAborted();
    const place = join(this.folder, folder);
    if (!this.isInside(place)) {
      this.left ||= await isDirectory(place);
      return [];
    }
    if (this.truncated) {
      return [];
    }
    const entries = await readdir(fsPath(place), { withFileTypes: true, encoding: 'buffer' }).catch(
      (): Dirent<Buffer<ArrayBuffer>>[] => []
    );
    this.looked += entries.length;
    const names: string[] = [];
    for (const entry of entries) {
      const name = decodePath(entry.name);
      const isLink = entry.isSymbolicLink() && onlyFolders;
      const isFolder = entry.isDirectory() || (isLink && (await this.isFolder(joined(folder, name))));
      if (deep && isLink && !isFolder) {
        this.left ||= await isDirectory(join(place, name));
      }
      if (isFolder || !onlyFolders) {
        names.push(name);
      }
    }
    return names;
  }

  private async isFolder(path: string): Promise<boolean> {
    const place = join(this.folder, path);
    return this.isInside(place) && (await isDirectory(place));
  }

  private async isThere(path: string): Promise<boolean> {
    const place = join(this.folder, path);
    return (
      this.isInside(join(place, '..')) &&
      (await lstat(fsPath(place)).then(
        () => true,
        () => false
      ))
    );
  }

  /** As DataLad names a file: relative to the folder, without detours. */
  private normalize(path: string): string {
    const normalized = (relative(this.folder, join(this.folder, path)) || '.') + (path.endsWith('/') ? '/' : '');
    return path === `./${normalized}` ? path : normalized;
  }

  /** Whether a folder lies in the dataset once all links are followed. */
  private isInside(place: string): boolean {
    let known = this.inside.get(place);
    if (known === undefined) {
      known = this.leadsInside(place);
      this.inside.set(place, known);
    }
    return known;
  }

  private leadsInside(place: string): boolean {
    try {
      return isWithin(decodePath(realpathSync(fsPath(place), { encoding: 'buffer' })), this.top);
    } catch {
      return false;
    }
  }
}

/** The folder and the name of a path, as Python's `os.path.split` has them. */
function split(path: string): { head: string; tail: string } {
  const at = path.lastIndexOf('/') + 1;
  const head = path.slice(0, at);
  return { head: /[^/]/u.test(head) ? head.replace(/\/+$/u, '') : head, tail: path.slice(at) };
}

/** Patterns of the folders around, the nearest first, as long as there is something to look for. */
function patternsAround(pattern: string): string[] {
  let { head, tail } = split(pattern);
  if (tail === '') {
    ({ head, tail } = split(head));
  }
  const found: string[] = [];
  let seen = isPattern(tail);
  while (head !== '') {
    const above = split(head);
    if (seen && !isPattern(head)) {
      break;
    }
    seen ||= isPattern(above.tail);
    if (seen) {
      found.push(`${head}/`);
    }
    if (above.head === head) {
      break;
    }
    ({ head } = above);
  }
  return found;
}

/** As Python joins paths. */
function joined(folder: string, name: string): string {
  return folder === '' || folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

function byCodePoint(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return a.length - b.length;
}
