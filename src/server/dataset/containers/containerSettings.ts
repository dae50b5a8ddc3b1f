import type { Repository } from '../repository';
import { readBranchConfig } from '../branchConfig';
import { parseEntries } from '../../git/config';

/** What is set for one container, by the last word of the key. */
export interface IContainerSettings {
  readonly name: string;
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Something of it does not travel with the dataset. */
  readonly local: boolean;
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
  const branch = await readBranchConfig(root, git, signal);
  const local = parseEntries(await git.read(['config', '-z', '--list'], { signal }));
  return collect(branch, local);
}

/** Puts both files together; of a key only the part up to the next dot is the name, as DataLad takes it. */
export function collect(branch: readonly Entry[], local: readonly Entry[]): IContainerSettings[] {
  const here = new Set(local.map(([key]) => key));
  const found = new Map<string, { values: Map<string, string[]>; local: boolean }>();
  for (const [key, value] of [...branch.filter(([name]) => !here.has(name)), ...local]) {
    const [section, kind, name = '', ...item] = key.split('.');
    if (section === 'datalad' && kind === 'containers' && item.length > 0) {
      const container = found.get(name) ?? { values: new Map<string, string[]>(), local: false };
      const last = item.join('.');
      container.values.set(last, [...(container.values.get(last) ?? []), value]);
      container.local ||= here.has(key);
      found.set(name, container);
    }
  }
  return [...found].filter(([, { values }]) => values.has('image')).map(([name, rest]) => ({ name, ...rest }));
}
