import { join } from 'node:path';
import type { WorkTree } from '../../dataset/workTree';
import { readHeadFile } from '../../git/refFile';

/** Where the branches and tags of a dataset stand. */
export interface IRefs {
  /** The branch that is checked out, with `refs/heads/`; null where HEAD names a commit itself. */
  readonly branch: string | null;
  /** Commits by ref; `HEAD` stands for a HEAD that names a commit itself. */
  readonly commits: ReadonlyMap<string, string>;
}

/** What one save did to one dataset. */
export interface ISaveTrace {
  /** Absolute. */
  readonly dataset: string;
  readonly before: IRefs;
  readonly after: IRefs;
}

/**
 * Looks where the refs stand that a save may move: git-annex's own branch only notes what is where, and is never taken back. `all`: not
 * only the branch, as most saves move no other; that is read without git, since every save waits for it.
 */
export async function readSaveRefs(workTree: WorkTree, { all }: { all: boolean }): Promise<IRefs> {
  const { git } = workTree;
  const head = all ? null : await readHeadFile(workTree);
  if (head !== null && head.ref?.startsWith('refs/heads/adjusted/') !== true) {
    return { branch: head.ref, commits: new Map([[head.ref ?? 'HEAD', head.commit]]) };
  }
  const format = '--format=%(objectname) %(refname)';
  const [branch, listed] = await Promise.all([
    git.readOr([1], ['symbolic-ref', '--quiet', 'HEAD']),
    git.read(['for-each-ref', format, 'refs/heads', 'refs/basis', 'refs/tags'])
  ]);
  const commits = new Map<string, string>();
  for (const line of listed.toString().split('\n').filter(Boolean)) {
    const [oid = '', ref = ''] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    if (ref !== 'refs/heads/git-annex') {
      commits.set(ref, oid);
    }
  }
  const commit = branch === null ? await workTree.head() : null;
  return { branch: branch?.toString().trim() ?? null, commits: commit === null ? commits : commits.set('HEAD', commit) };
}

/** The commit that is checked out. */
export function headOf({ branch, commits }: IRefs): string | null {
  return commits.get(branch ?? 'HEAD') ?? null;
}

/** The refs that a save moved, made or removed. */
export function movedRefs({ before, after }: ISaveTrace): { ref: string; from: string | null; to: string | null }[] {
  const refs = new Set([...before.commits.keys(), ...after.commits.keys()]);
  return [...refs].flatMap(ref => {
    const [from, to] = [before.commits.get(ref) ?? null, after.commits.get(ref) ?? null];
    return from === to ? [] : [{ ref, from, to }];
  });
}

/** Saves that are remembered: as many as the jobs that are listed. */
const MOST = 200;

/** What the saves of this server did, so that they can be undone; a server that is gone takes it along. */
export class SaveBook {
  private readonly traces = new Map<string, readonly ISaveTrace[]>();

  note(job: string, traces: readonly ISaveTrace[]): void {
    this.traces.set(job, traces);
    [...this.traces.keys()].slice(0, -MOST).forEach(old => this.traces.delete(old));
  }

  /** The datasets that a save committed in, the innermost first; undefined where nothing is known of it. */
  find(job: string): readonly ISaveTrace[] | undefined {
    return this.traces.get(job);
  }
}

/** Orders datasets so that each stands behind those within it. */
export function innermostFirst<T extends { readonly dataset: string }>(traces: readonly T[]): T[] {
  const depth = ({ dataset }: T): number => join(dataset).split('/').length;
  return [...traces].sort((one, other) => depth(other) - depth(one));
}
