import type { AbsolutePath } from '../../paths';
import type { Repository } from '../repository';
import { type IContainerSettings, readContainerSettings } from './containerSettings';
import { readNamedSubdatasets } from './namedSubdatasets';

/** Subdatasets looked into. */
const MANY = 1_000;

export interface IFoundContainer {
  readonly repository: Repository;
  /** As `containers-run -n` takes it. */
  readonly name: string;
  readonly settings: IContainerSettings;
}

interface IOptions {
  open(root: AbsolutePath): Promise<Repository>;
  isRoot(folder: string): Promise<boolean>;
  signal: AbortSignal;
}

/** The containers of a dataset and of the subdatasets installed below it, level by level, so that its own come first. */
export async function findContainers(
  root: AbsolutePath,
  { open, isRoot, signal }: IOptions
): Promise<{ found: IFoundContainer[]; truncated: boolean }> {
  const found: IFoundContainer[] = [];
  const queue = [{ folder: root, prefix: '' }];
  let looked = 0;
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (looked > MANY) {
      return { found, truncated: true };
    }
    looked += 1;
    const { folder, prefix } = next;
    const repository = await open(folder);
    const known = await readContainerSettings(repository, signal);
    found.push(...known.map(settings => ({ repository, name: `${prefix}${settings.name}`, settings })));
    for (const { name, folder: below } of await readNamedSubdatasets(repository)) {
      if (await isRoot(below)) {
        queue.push({ folder: below, prefix: `${prefix}${name}/` });
      }
    }
  }
  return { found, truncated: false };
}
