import type { Found, FoundGroup } from '../../../protocol/checkUp';
import { LARGE_IN_GIT } from '../../../protocol/destination';
import type { ContentsPath } from '../../../protocol/paths';
import { displayName } from '../../bytes';
import { isRegular } from '../../git/entry';
import { objectSizes } from '../../git/objects';
import type { GitReader } from '../../git/reader';
import { readHead, readRefs } from '../../git/refs';
import { mapLimited } from '../../mapLimited';
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

/** Git-annex's own, and what it made of another branch. */
const ANNEX_REF = /^refs\/heads\/(?:git-annex$|synced\/|adjusted\/)/u;
/** More branches are not looked at. */
const MOST_BRANCHES = 2_000;

async function otherBranches(
  git: GitReader,
  { ref, branch, signal }: { ref: string | null; branch: string | null; signal: AbortSignal }
): Promise<FoundGroup[]> {
  const refs = [...(await readRefs(git, ['refs/heads']))].filter(([name]) => name !== ref && !ANNEX_REF.test(name));
  const known = ['--remotes', ...(branch === null ? [] : [branch])];
  const found = await mapLimited(refs.slice(0, MOST_BRANCHES), 4, async ([name, oid]): Promise<Found> => {
    const count = await git.read(['rev-list', '--count', oid, '--not', ...known, '--'], { signal });
    return { name: displayName(name.slice('refs/heads/'.length)), ahead: Number(count.toString()) };
  });
  const ahead = found.filter(each => (each.ahead ?? 0) > 0);
  return groupOf('unpushed-branch', ahead);
}

/** So many commits are named. */
const MOST_COMMITS = 1_000;

/** Commits that no sibling has, by what was last fetched: of the branch that is checked out one by one, of the others their number. */
export async function unpushed(repository: Repository, signal: AbortSignal): Promise<FoundGroup[]> {
  const { git } = repository;
  const { ref, commit } = await readHead(git);
  // The commits of an adjusted branch are git-annex's own; what is pushed is the branch behind it.
  const [, behind] = /^refs\/heads\/adjusted\/(.+)\([^()]*\)$/u.exec(ref ?? '') ?? [];
  const branch = behind === undefined ? commit : `refs/heads/${behind}`;
  const others = await otherBranches(git, { ref: behind === undefined ? ref : branch, branch, signal });
  if (branch === null) {
    return others;
  }
  const range = [branch, '--not', '--remotes', '--'];
  const [count, log, pushedTo] = await Promise.all([
    git.read(['rev-list', '--count', ...range], { signal }),
    git.read(['log', '-z', '--format=%H %ct %s', `--max-count=${MOST_COMMITS}`, ...range], { signal }),
    gitSiblings(repository, signal)
  ]);
  const items = log
    .toString()
    .split('\0')
    .flatMap((line): Found[] => {
      const [, id, time, subject = ''] = /^([0-9a-f]+) (\d+) (.*)$/su.exec(line) ?? [];
      return id === undefined ? [] : [{ name: subject, commits: [{ id, subject, time: Number(time) }] }];
    });
  return [...groupOf('unpushed', items, { total: Number(count.toString()), ...pushedTo }), ...others];
}
