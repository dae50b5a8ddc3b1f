import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePath, fsPath } from '../bytes';
import { parseTree } from '../git/entry';
import { objectIds, readBlobs } from '../git/objects';
import type { GitReader } from '../git/reader';
import { readRefs } from '../git/refs';
import { Turns } from '../turns';
import { ANNEX_BRANCHES, journalNameOf, JOURNALS, readBranchLogs, readJournals } from './branchLogs';
import { keyFileName, lowerHashDirectory } from './hashDirectory';
import { newest, parseLocationLog, parseTrustLog } from './locationLog';

/** Up to here each log is looked up by its path; for more, one listing of the whole branch is quicker. */
const BY_PATH = 200;
/** Stands for the places in a log that a partial clone left out: some may have the content, which ones is not known. */
export const UNKNOWN_PLACE = 'unknown';
const PROMISED = `0s 1 ${UNKNOWN_PLACE}\n`;

/** Where the content of many keys is noted to be; keys at the same places share one list. */
export interface IKeyPlaces {
  /** For each key that was asked for, in their order, its place in `sets`. */
  readonly setOf: Uint32Array;
  /** Uuids; the first set is empty. */
  readonly sets: readonly (readonly string[])[];
}

/**
 * What all git-annex branches of a repository and the journal know of places: the local branch alone is stale after a fetch, and
 * missing in a plain clone.
 */
export class LocationReader {
  constructor(
    private readonly git: GitReader,
    private readonly annexDir: string
  ) {}

  /** The uuids of places that have each key; keys no place is known for are missing. */
  async places(keys: readonly string[], signal?: AbortSignal): Promise<Map<string, readonly string[]>> {
    const { setOf, sets } = await this.keyPlaces(keys, signal);
    const known = keys.map((key, at) => [key, sets[setOf[at] ?? 0] ?? []] as const);
    return new Map(known.filter(([, places]) => places.length > 0));
  }

  /** The same in columns, for a hundred thousand keys. */
  async keyPlaces(keys: readonly string[], signal?: AbortSignal): Promise<IKeyPlaces> {
    const found: ReadonlyMap<string, string>[] = [];
    for (const branch of (await readRefs(this.git, ANNEX_BRANCHES)).keys()) {
      found.push(await this.logIds(branch, keys, signal));
    }
    // Most logs are the same in several branches.
    const logs = await readBlobs(this.git, [...new Set(found.flatMap(ids => [...ids.values()]))], signal);
    const textOf = (id: string): string => logs.get(id)?.toString('latin1') ?? PROMISED;
    const waiting = await this.waiting();
    const sets = new PlaceSets();
    const setOf = new Uint32Array(keys.length);
    const turns = new Turns(signal);
    for (const [at, key] of keys.entries()) {
      const ids = new Set(found.flatMap(branch => branch.get(key) ?? []));
      const texts = [...ids].map(textOf);
      const name = waiting.size === 0 ? '' : journalName(key);
      setOf[at] = sets.of([...texts, ...(waiting.has(name) ? await readJournals(this.annexDir, name) : [])].join('\n'));
      if (turns.due()) {
        await turns.give();
      }
    }
    return { setOf, sets: sets.all };
  }

  /** The uuids that were declared dead: what their logs claim is gone. */
  async dead(): Promise<Set<string>> {
    const logs = await readBranchLogs({ git: this.git, annexDir: this.annexDir }, ['trust.log']);
    return new Set(withStatus(newest(parseTrustLog(logs.get('trust.log') ?? '')), 'X'));
  }

  /** The objects that hold the logs of keys in a branch. */
  private async logIds(branch: string, keys: readonly string[], signal?: AbortSignal): Promise<Map<string, string>> {
    const byPath = keys.length <= BY_PATH && !(await this.git.isPartial());
    return byPath ? await this.named(branch, keys, signal) : await this.listed(branch, keys, signal);
  }

  private async named(branch: string, keys: readonly string[], signal?: AbortSignal): Promise<Map<string, string>> {
    const oids = await objectIds(
      this.git,
      keys.map(key => `${branch}:${logName(key)}`),
      signal
    );
    return new Map(keys.flatMap((key, at) => (oids[at] === null || oids[at] === undefined ? [] : [[key, oids[at]] as const])));
  }

  private async listed(branch: string, keys: readonly string[], signal?: AbortSignal): Promise<Map<string, string>> {
    const wanted = new Map(keys.map(key => [logName(key), key]));
    // Partial clones may lack the folders of this branch, too: then nothing is known.
    const none = (await this.git.isPartial()) ? [128] : [];
    const output = await this.git.readOr(none, ['ls-tree', '-r', '-z', branch], { signal });
    return new Map(
      parseTree(output ?? Buffer.alloc(0)).flatMap(({ path, oid }) => {
        const key = wanted.get(path);
        return key === undefined ? [] : [[key, oid] as const];
      })
    );
  }

  /** Names of the logs that wait to be written to the branch. */
  private async waiting(): Promise<Set<string>> {
    const folders = JOURNALS.map(name => fsPath(join(this.annexDir, name)));
    const names = await Promise.all(folders.map(folder => readdir(folder, { encoding: 'buffer' }).catch(() => [])));
    return new Set(names.flat().map(name => decodePath(name)));
  }
}

/** Tells logs by what they say: few sets of places stand behind many logs. */
class PlaceSets {
  readonly all: (readonly string[])[] = [[]];
  private readonly byText = new Map<string, number>();
  private readonly byPlaces = new Map<string, number>([['', 0]]);

  of(text: string): number {
    const set = this.byText.get(text) ?? this.add(withStatus(newest(parseLocationLog(text)), '1').sort());
    this.byText.set(text, set);
    return set;
  }

  private add(places: readonly string[]): number {
    const name = places.join(' ');
    const set = this.byPlaces.get(name) ?? this.all.push(places) - 1;
    this.byPlaces.set(name, set);
    return set;
  }
}

/** Where the git-annex branch keeps the log of a key. */
export function logName(key: string): string {
  return `${lowerHashDirectory(key)}/${keyFileName(key)}.log`;
}

/** How the same is called in the journal. */
export function journalName(key: string): string {
  return journalNameOf(logName(key));
}

function withStatus(places: ReadonlyMap<string, string>, wanted: string): string[] {
  return [...places].flatMap(([uuid, status]) => (status === wanted ? [uuid] : []));
}
