import type { ListedBranch, ListedTag } from '../protocol/branches';
import type { Commit } from '../protocol/history';
import type { ContentsPath } from '../protocol/paths';
import type { CommitId } from '../protocol/revision';
import type { IDataladClient } from '../tokens';

/** So many commits are offered; an older one is named. */
const MOST = 50;

/** What can stand on a side of a comparison, beside the folder and the last save. */
export interface ISideChoices {
  /** The newest first. */
  readonly commits: readonly Commit[];
  readonly branches: readonly ListedBranch[];
  readonly tags: readonly ListedTag[];
}

/** The last commits, and what has a name. */
export async function readSideChoices(client: IDataladClient, dataset: ContentsPath): Promise<ISideChoices> {
  const [{ commits }, { branches, tags }] = await Promise.all([
    client.call('history', { dataset, limit: MOST }),
    client.call('branches', { dataset })
  ]);
  return { commits, branches, tags };
}

/** The commit of a branch, tag or id, of whatever git understands; null where there is none. */
export async function findCommit(client: IDataladClient, dataset: ContentsPath, name: string): Promise<CommitId | null> {
  const { commits } = await client.call('history', { dataset, from: name, limit: 1 });
  return commits[0]?.id ?? null;
}
