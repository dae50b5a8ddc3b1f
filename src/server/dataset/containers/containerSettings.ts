import { join } from 'node:path';
import { exists } from '../../exists';
import { parseEntries } from '../../git/config';
import { readBranchConfig } from '../branchConfig';
import type { Repository } from '../repository';

/** What is set for one container, by the last word of the key. */
export interface IContainerSettings {
  readonly name: string;
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Something of it is for this clone or this user alone. */
  readonly local: boolean;
  /** Something of it travels with the dataset. */
  readonly travels: boolean;
}

type Entry = readonly [key: string, value: string];

/**
 * The containers of one dataset, read as DataLad does: what git's own files say of a key replaces what travels with the dataset. What
 * names no image is none.
 */
export async function readContainerSettings(
  { root, git }: Pick<Repository, 'root' | 'git'>,
  signal: AbortSignal
): Promise<IContainerSettings[]> {
  return collect(...(await bothFiles({ root, git }, signal)));
}

/** The value of a setting as DataLad takes it; the last of several. */
export async function settingOf(repository: Pick<Repository, 'root' | 'git'>, key: string): Promise<string | undefined> {
  const [branch, local] = await bothFiles(repository);
  const last = (entries: readonly Entry[]): string | undefined => entries.filter(([name]) => name === key).at(-1)?.[1];
  return last(local) ?? last(branch);
}

/** What travels with the dataset, and what git's own files say. */
async function bothFiles(
  { root, git }: Pick<Repository, 'root' | 'git'>,
  signal?: AbortSignal
): Promise<[branch: Entry[], local: Entry[]]> {
  const branch = await readBranchConfig(root, git, signal);
  return [branch, parseEntries(await git.read(['config', '-z', '--list'], { signal }))];
}

/** Puts both files together; of a key only the part up to the next dot is the name, as DataLad takes it. */
export function collect(branch: readonly Entry[], local: readonly Entry[]): IContainerSettings[] {
  const here = new Set(local.map(([key]) => key));
  const found = new Map<string, { values: Map<string, string[]>; local: boolean; travels: boolean }>();
  for (const [key, value, travels] of [
    ...branch.map(([key, value]) => [key, value, true] as const),
    ...local.map(([key, value]) => [key, value, false] as const)
  ]) {
    const [section, kind, name = '', ...item] = key.split('.');
    if (section === 'datalad' && kind === 'containers' && item.length > 0) {
      const container = found.get(name) ?? { values: new Map<string, string[]>(), local: false, travels: false };
      const last = item.join('.');
      if (!travels || !here.has(key)) {
        container.values.set(last, [...(container.values.get(last) ?? []), value]);
      }
      container.local ||= !travels;
      container.travels ||= travels;
      found.set(name, container);
    }
  }
  return [...found].filter(([, { values }]) => values.has('image')).map(([name, rest]) => ({ name, ...rest }));
}

/** Where the image of a container lies in its dataset, as DataLad reads it: with the slashes of this system where it was noted on Windows. */
export function imagePlace({ values }: IContainerSettings, root: string): string {
  const path = values.get('image')?.at(-1) ?? '';
  const turned = path.includes('\\') && exists(join(root, path.replaceAll('\\', '/'))) ? path.replaceAll('\\', '/') : path;
  const names = turned.split('/').filter(name => name !== '' && name !== '.');
  return `${turned.startsWith('/') ? '/' : ''}${names.join('/')}`;
}
