import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePath, fsPath } from '../bytes';
import { parseTree } from '../git/entry';
import { objectIds, readBlobs } from '../git/objects';
import type { GitReader } from '../git/reader';
import { readRefs } from '../git/refs';
import { keyFileName, lowerHashDirectory } from './hashDirectory';
import { type ILogLine, newest, parseLocationLog, parseTrustLog } from './locationLog';

/** Up to here each log is looked up by its path; for more, one listing of the whole branch is quicker. */
const BY_PATH = 200;
/** In place of a log that a partial clone left out: some place may have the content, which one is not known. */
const PROMISED = '0s 1 unknown\n';
const BRANCHES = ['refs/heads/git-annex', 'refs/remotes/*/git-annex'];

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
  async places(keys: readonly string[], signal?: AbortSignal): Promise<Map<string, string[]>> {
    const lines = new Map<string, ILogLine[]>(keys.map(key => [key, []]));
    for (const branch of (await readRefs(this.git, BRANCHES)).keys()) {
      for (const [key, text] of await this.logs(branch, keys, signal)) {
        lines.get(key)?.push(...parseLocationLog(text));
      }
    }
    const journal = await this.journalNames();
    for (const key of journal.size === 0 ? [] : keys) {
      const name = journalName(key);
      if (journal.has(name)) {
        lines.get(key)?.push(...parseLocationLog((await this.journal(name)) ?? ''));
      }
    }
    const present = [...lines].map(([key, found]) => [key, withStatus(newest(found), '1')] as const);
    return new Map(present.filter(([, places]) => places.length > 0));
  }

  /** The uuids that were declared dead: what their logs claim is gone. */
  async dead(): Promise<Set<string>> {
    const lines: ILogLine[] = parseTrustLog((await this.journal('trust.log')) ?? '');
    for (const branch of (await readRefs(this.git, BRANCHES)).keys()) {
      const text = await this.git.readOr([128], ['cat-file', 'blob', `${branch}:trust.log`]);
      lines.push(...parseTrustLog(text?.toString() ?? ''));
    }
    return new Set(withStatus(newest(lines), 'X'));
  }

  private async logs(branch: string, keys: readonly string[], signal?: AbortSignal): Promise<[key: string, text: string][]> {
    const byPath = keys.length <= BY_PATH && !(await this.git.isPartial());
    const oids = byPath ? await this.named(branch, keys, signal) : await this.listed(branch, keys, signal);
    const blobs = await readBlobs(this.git, [...new Set(oids.values())], signal);
    return [...oids].map(([key, oid]) => [key, blobs.get(oid)?.toString('latin1') ?? PROMISED]);
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

  /** Empty where nothing waits to be written to the branch. */
  private async journalNames(): Promise<Set<string>> {
    const names = await readdir(fsPath(join(this.annexDir, 'journal')), { encoding: 'buffer' }).catch(() => []);
    return new Set(names.map(name => decodePath(name)));
  }

  private async journal(name: string): Promise<string | null> {
    return await readFile(fsPath(join(this.annexDir, 'journal', name)), 'latin1').catch(() => null);
  }
}

/** Where the git-annex branch keeps the log of a key. */
export function logName(key: string): string {
  return `${lowerHashDirectory(key)}/${keyFileName(key)}.log`;
}

/** The journal is one flat folder: slashes become `_`, and `_` is doubled. */
export function journalName(key: string): string {
  return logName(key).replaceAll('_', '__').replaceAll('/', '_');
}

function withStatus(places: ReadonlyMap<string, string>, wanted: string): string[] {
  return [...places].flatMap(([uuid, status]) => (status === wanted ? [uuid] : []));
}
