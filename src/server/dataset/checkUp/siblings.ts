import { readPlaces } from '../../annex/places';
import type { GitConfig } from '../../git/config';
import type { Repository } from '../repository';

/** Names of the siblings that take commits: special remotes have no address of git's. */
export function gitSiblings(config: GitConfig): string[] {
  return config.subsections('remote').filter(name => config.get(`remote.${name}.url`) !== undefined);
}

/** Names of the siblings that take annexed content and are relied on, as far as is known here; nobody is asked. */
export async function contentSiblings({ git, store }: Repository, signal: AbortSignal): Promise<string[]> {
  const [config, places] = await Promise.all([git.config(), readPlaces(git, store.annexDir, signal)]);
  return config.subsections('remote').filter(name => {
    const uuid = config.get(`remote.${name}.annex-uuid`);
    // Git-annex sets it where it found no annex.
    const ignored = ['annex-ignore', 'annex-readonly'].some(key => config.flag(`remote.${name}.${key}`));
    // A sibling that git-annex has not met yet has an address, and no uuid.
    return !ignored && (uuid === undefined ? config.get(`remote.${name}.url`) !== undefined : places.of(uuid).counts);
  });
}
