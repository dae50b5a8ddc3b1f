import { LocationReader } from '../../annex/locations';
import { BUILT_IN } from '../../annex/places';
import type { Repository } from '../repository';

/** Where the content of keys is known to be. */
export interface ISources {
  /** For each reachable place the number of keys it has. */
  keysAt: Map<string, number>;
  /** Keys no reachable place is known for. */
  unavailable: number;
}

/**
 * Looks keys up in what is known locally; asks nobody. Places count when this clone has a remote for them. A remote whose uuid is not
 * known yet, as in a plain clone, stands for all places no remote is known for.
 */
export async function findSources(repository: Repository, keys: readonly string[], signal?: AbortSignal): Promise<ISources> {
  const locations = new LocationReader(repository.git, repository.store.annexDir);
  const [places, dead, reachable] = await Promise.all([
    locations.places(keys, signal),
    locations.dead(),
    readRemotes(repository)
  ]);
  const keysAt = new Map<string, number>();
  let unavailable = 0;
  for (const key of keys) {
    const alive = (places.get(key) ?? []).filter(uuid => !dead.has(uuid) && uuid !== reachable.own);
    const names = new Set(alive.flatMap(uuid => reachable.names.get(uuid) ?? reachable.unknown ?? []));
    names.forEach(name => keysAt.set(name, (keysAt.get(name) ?? 0) + 1));
    unavailable += names.size === 0 ? 1 : 0;
  }
  return { keysAt, unavailable };
}

interface IRemotes {
  own: string | undefined;
  /** Names of remotes by their annex uuid. */
  names: Map<string, string>;
  /** A remote whose uuid is not known yet. */
  unknown: string | undefined;
}

async function readRemotes(repository: Repository): Promise<IRemotes> {
  const config = await repository.git.config();
  const names = new Map(Object.entries(BUILT_IN));
  let unknown: string | undefined;
  for (const name of config.subsections('remote')) {
    const uuid = config.get(`remote.${name}.annex-uuid`);
    if (config.flag(`remote.${name}.annex-ignore`)) {
      continue;
    }
    if (uuid === undefined) {
      unknown = unknown === undefined || name === 'origin' ? name : unknown;
    } else if (!names.has(uuid)) {
      names.set(uuid, name);
    }
  }
  return { own: config.get('annex.uuid'), names, unknown };
}
