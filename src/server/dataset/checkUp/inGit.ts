import type { Found, FoundGroup } from '../../../protocol/checkUp';
import { LARGE_IN_GIT } from '../../../protocol/destination';
import type { ContentsPath } from '../../../protocol/paths';
import { displayName } from '../../bytes';
import { isRegular } from '../../git/entry';
import { objectSizes } from '../../git/objects';
import { readHead } from '../../git/refs';
import type { Repository } from '../repository';
import { indexedFiles } from './annexedFiles';
import { groupOf } from './group';
import { gitSiblings } from './siblings';

interface IOptions {
  signal: AbortSignal;
  toContents(path: string): ContentsPath;
}

/** Large files whose content is in Git. */
export async function largeInGit(repository: Repository, { signal, toContents }: IOptions): Promise<FoundGroup[]> {
  const files = (await indexedFiles(repository, signal)).filter(({ entry, key }) => key === null && isRegular(entry.mode));
  const sizes = await objectSizes(
    repository.git,
    files.map(({ entry }) => entry.oid),
    signal
  );
  const large = files.flatMap(({ entry: { oid, path } }): Found[] => {
    const bytes = sizes.get(oid) ?? 0;
    return bytes < LARGE_IN_GIT ? [] : [{ path: toContents(path), name: displayName(path), bytes }];
  });
  return groupOf('large-in-git', large);
}

/** So many commits are named. */
const MOST_COMMITS = 1_000;

/** Commits of the branch that no sibling has, by what was last fetched. */
export async function unpushed({ git }: Repository, signal: AbortSignal): Promise<FoundGroup[]> {
  const { ref, commit } = await readHead(git);
  if (commit === null) {
    return [];
  }
  // The commits of an adjusted branch are git-annex's own; what is pushed is the branch behind it.
  const [, behind] = /^refs\/heads\/adjusted\/(.+)\([^()]*\)$/u.exec(ref ?? '') ?? [];
  const branch = behind === undefined ? commit : `refs/heads/${behind}`;
  const range = [branch, '--not', '--remotes', '--'];
  const [count, log, config] = await Promise.all([
    git.read(['rev-list', '--count', ...range], { signal }),
    git.read(['log', '-z', '--format=%H %ct %s', `--max-count=${MOST_COMMITS}`, ...range], { signal }),
    git.config()
  ]);
  const items = log
    .toString()
    .split('\0')
    .flatMap((line): Found[] => {
      const [, id, time, subject = ''] = /^([0-9a-f]+) (\d+) (.*)$/su.exec(line) ?? [];
      return id === undefined ? [] : [{ name: subject, commits: [{ id, subject, time: Number(time) }] }];
    });
  return groupOf('unpushed', items, { total: Number(count.toString()), siblings: gitSiblings(config) });
}
