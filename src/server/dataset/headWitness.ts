import { readHeadFile } from '../git/refFile';
import { type IHead, readHead } from '../git/refs';
import { splitZero } from '../git/split';
import { changedPaths } from '../git/treeDiff';
import type { Repository } from './repository';

/** Commits that came to a branch without a job of this server. */
export interface IWitnessedCommits {
  /** The commit before; null when these are the first ones. */
  from: string | null;
  to: string;
  /** Subjects of the new commits, the newest first; at most 20. */
  subjects: string[];
  /** Files that differ between `from` and `to`. */
  files: number;
}

const MAX_SUBJECTS = 20;

/** Remembers where the checked-out branch of a dataset stood and tells of commits that were made on it since. */
export class HeadWitness {
  private last: IHead | null = null;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly repository: Repository,
    private readonly told: (commits: IWitnessedCommits) => void
  ) {}

  /**
   * Looks at HEAD. New commits on the same branch are told unless `quietly`; another branch, an amended commit or a reset only moves
   * the mark.
   */
  look(quietly: boolean): Promise<void> {
    this.turn = this.turn.then(
      () => this.compare(quietly),
      () => this.compare(quietly)
    );
    return this.turn;
  }

  private async compare(quietly: boolean): Promise<void> {
    const before = this.last;
    const now = (await readHeadFile(this.repository.folder)) ?? (await readHead(this.repository.git));
    this.last = now;
    if (before === null || quietly || now.commit === null || before.ref !== now.ref || before.commit === now.commit) {
      return;
    }
    const range = before.commit === null ? now.commit : `${before.commit}..${now.commit}`;
    const log = await this.repository.git.say(['log', `--max-count=${MAX_SUBJECTS}`, '--format=%s', range, '--']);
    const subjects = log.split('\n').filter(Boolean);
    if (subjects.length > 0) {
      this.told({ from: before.commit, to: now.commit, subjects, files: await this.files(before.commit, now.commit) });
    }
  }

  private async files(from: string | null, to: string): Promise<number> {
    const { git } = this.repository;
    if (from !== null) {
      return (await changedPaths(git, from, to))?.length ?? 0;
    }
    const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--no-ext-diff', '--no-commit-id', '--root', to, '--'];
    const output = await git.readOr([128], args, { noIndex: true });
    return output === null ? 0 : splitZero(output).length;
  }
}
