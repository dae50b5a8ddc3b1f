import { LocationReader, UNKNOWN_PLACE } from '../../annex/locations';
import { type IPlace, readPlaces } from '../../annex/places';
import type { Repository } from '../repository';

/** The places beside this clone that are noted to have a key. */
export interface IElsewhere {
  /** Copies. */
  readonly copies: readonly IPlace[];
  /** Untrusted, dead and export places: it may be there, and no drop may rely on that. */
  readonly maybe: readonly IPlace[];
}

/**
 * Where the content of many keys is beside this clone, as far as was noted and fetched: keys at the same places share one answer, so that
 * a hundred thousand of them are a column of numbers. Whether a key is here is not said: only a look at the disk tells.
 */
export class KeyCopies {
  constructor(
    private readonly setOf: Uint32Array,
    private readonly sets: readonly IElsewhere[]
  ) {}

  /** Of the key that was asked for at a place in the list of keys. */
  of(at: number): IElsewhere {
    return this.sets[this.setOf[at] ?? 0] ?? NOWHERE;
  }
}

const NOWHERE: IElsewhere = { copies: [], maybe: [] };

/** Looks keys up in all git-annex branches and the journal; the newest line about each place counts. Asks nobody. */
export async function readKeyCopies(repository: Repository, keys: readonly string[], signal?: AbortSignal): Promise<KeyCopies> {
  const { git, store } = repository;
  const [places, { setOf, sets }] = await Promise.all([
    readPlaces(git, store.annexDir, signal),
    new LocationReader(git, store.annexDir).keyPlaces(keys, signal)
  ]);
  const elsewhere = sets.map(uuids => uuids.map(uuid => places.of(uuid)).filter(({ own }) => own !== true));
  const isCopy = ({ uuid, counts }: IPlace): boolean => counts && uuid !== UNKNOWN_PLACE;
  return new KeyCopies(
    setOf,
    elsewhere.map(found => ({ copies: found.filter(isCopy), maybe: found.filter(place => !isCopy(place)) }))
  );
}
