import { type Places, readPlaces } from '../../annex/places';
import type { GitConfig } from '../../git/config';
import type { Repository } from '../repository';
import type { FoundGroup } from '../../../protocol/checkUp';

type PushedTo = Required<Pick<FoundGroup, 'siblings' | 'next'>>;

/** The siblings that take commits: special remotes have no address of git's. */
export async function gitSiblings(repository: Repository, signal: AbortSignal): Promise<PushedTo> {
  const { config, places } = await known(repository, signal);
  const siblings = config.subsections('remote').filter(name => config.get(`remote.${name}.url`) !== undefined);
  return { siblings, next: byNext(siblings, config, places) };
}

/** The siblings that take annexed content and are relied on, as far as is known here; nobody is asked. */
export async function contentSiblings(repository: Repository, signal: AbortSignal): Promise<PushedTo> {
  const { config, places } = await known(repository, signal);
  const siblings = config.subsections('remote').filter(name => {
    const uuid = config.get(`remote.${name}.annex-uuid`);
    // Git-annex sets it where it found no annex.
    const ignored = ['annex-ignore', 'annex-readonly'].some(key => config.flag(`remote.${name}.${key}`));
    // A sibling that git-annex has not met yet has an address, and no uuid.
    return !ignored && (uuid === undefined ? config.get(`remote.${name}.url`) !== undefined : places.of(uuid).counts);
  });
  return { siblings, next: byNext(siblings, config, places) };
}

async function known({ git, store }: Repository, signal: AbortSignal): Promise<{ config: GitConfig; places: Places }> {
  const [config, places] = await Promise.all([git.config(), readPlaces(git, store.annexDir, signal)]);
  return { config, places };
}

/**
 * Those whose push goes to an export as well, which DataLad itself fails to do ("use git-annex export"); none where the user has
 * DataLad load what can.
 */
function byNext(siblings: readonly string[], config: GitConfig, places: Places): string[] {
  const isExport = (name: string): boolean => {
    const uuid = config.get(`remote.${name}.annex-uuid`);
    return uuid !== undefined && places.of(uuid).export === true;
  };
  return config.all('datalad.extensions.load').includes('next')
    ? []
    : siblings.filter(name => [name, ...config.all(`remote.${name}.datalad-publish-depends`)].some(isExport));
}
