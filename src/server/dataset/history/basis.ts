import { fail } from '../../../protocol/failure';
import type { CommitId } from '../../../protocol/revision';
import { parseAdjusted } from '../../annex/adjustment';
import { readHeadFile, readRefFile } from '../../git/refFile';
import { readHead } from '../../git/refs';
import { requireSoundRef } from '../../git/soundRef';
import type { Repository } from '../repository';

/** Where a history begins. */
export interface IBasis {
  /** Null before the first commit. */
  readonly commit: CommitId | null;
  /** What people call it; null where no branch is checked out. */
  readonly branch: string | null;
}

/**
 * What is checked out, without a start of git where its files tell. Of a branch that git-annex adjusted it is the branch that it was
 * made of: the commits in between are git-annex's own and are made anew all the time.
 */
export async function basisOf({ git, folder }: Repository): Promise<IBasis> {
  const head = (await readHeadFile(folder)) ?? (await readHead(git));
  const branch = head.ref?.replace(/^refs\/heads\//u, '') ?? null;
  const original = parseAdjusted(branch ?? '')?.original;
  const ref = original === undefined ? null : `refs/heads/${original}`;
  const commit = ref === null ? head.commit : ((await readRefFile(folder, ref)) ?? (await idOf(git, ref)) ?? head.commit);
  if (commit === null) {
    await requireSoundRef(git, folder, 'HEAD');
  }
  return { commit: commit as CommitId | null, branch: original ?? branch };
}

/** The commit of a branch, tag or commit by any of its names. */
export async function basisNamed({ git }: Repository, name: string): Promise<IBasis> {
  const commit = await idOf(git, name);
  return commit === null
    ? fail('not-found', `There is no commit, branch or tag ${name}.`, { parameters: { path: name } })
    : { commit, branch: null };
}

async function idOf(git: Repository['git'], name: string): Promise<CommitId | null> {
  const output = await git.readOr([1, 128], ['rev-parse', '--quiet', '--verify', '--end-of-options', `${name}^{commit}`]);
  const id = output?.toString().trim().split('\n').at(-1);
  return id === undefined ? null : (id as CommitId);
}
