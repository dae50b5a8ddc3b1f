import { join } from 'node:path';
import { objectIds, readBlobs } from '../git/objects';
import type { GitReader } from '../git/reader';
import { readRefs } from '../git/refs';
import { readRegular } from '../regularFile';

/** The branches in which git-annex keeps its notes: those of siblings are merged by the next command that writes. */
export const ANNEX_BRANCHES = ['refs/heads/git-annex', 'refs/remotes/*/git-annex'];

/** What git-annex has noted and not yet written to its branch; the second is of repositories that keep themselves private. */
export const JOURNALS = ['journal', 'journal-private'];

/**
 * What all git-annex branches and the journals have under some names, lines of all of them together: the local branch alone is stale
 * after a fetch, and missing in a plain clone. Each line names its time, so that their order says nothing.
 */
export async function readBranchLogs<N extends string>(
  { git, annexDir }: { git: GitReader; annexDir: string },
  names: readonly N[],
  signal?: AbortSignal
): Promise<Map<N, string>> {
  const branches = [...(await readRefs(git, ANNEX_BRANCHES)).keys()];
  const partial = await git.isPartial();
  const texts = names.map(async name => {
    const committed = partial ? await oneByOne(git, branches, { name, signal }) : await together(git, branches, { name, signal });
    return [name, [...committed, ...(await readJournals(annexDir, journalNameOf(name)))].join('\n')] as const;
  });
  return new Map(await Promise.all(texts));
}

/** A journal is one flat folder: slashes become `_`, and `_` is doubled. */
export function journalNameOf(name: string): string {
  return name.replaceAll('_', '__').replaceAll('/', '_');
}

/** What stands in the journals under a name in them. */
export async function readJournals(annexDir: string, name: string): Promise<string[]> {
  const found = await Promise.all(JOURNALS.map(journal => readRegular(join(annexDir, journal, name))));
  return found.flatMap(text => (text === null ? [] : [text.toString()]));
}

interface IWhich {
  name: string;
  signal?: AbortSignal;
}

async function together(git: GitReader, branches: readonly string[], { name, signal }: IWhich): Promise<string[]> {
  const ids = await objectIds(
    git,
    branches.map(branch => `${branch}:${name}`),
    signal
  );
  const blobs = await readBlobs(git, [...new Set(ids.filter(id => id !== null))], signal);
  return [...blobs.values()].map(String);
}

/** A partial clone may lack some of them. */
async function oneByOne(git: GitReader, branches: readonly string[], { name, signal }: IWhich): Promise<string[]> {
  const texts = await Promise.all(
    branches.map(branch => git.readOr([128], ['cat-file', 'blob', `${branch}:${name}`], { signal }))
  );
  return texts.flatMap(text => (text === null ? [] : [text.toString()]));
}
