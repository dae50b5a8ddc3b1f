import { type Branches, type LostCommits } from '../../../protocol/branches';
import { fail } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import type { CommitId } from '../../../protocol/revision';
import { displayName } from '../../bytes';
import { objectIds } from '../../git/objects';
import type { GitReader } from '../../git/reader';
import { parseRefs, readHead } from '../../git/refs';
import { unfinishedIn } from '../../git/unfinished';
import type { Repository } from '../repository';
import { readConflicts } from './conflicts';
import { type IListedRefs, parseListedRefs, REF_FORMAT } from './parseRefs';

/** Branches and tags that are listed, those with the youngest commits. */
const MOST = 500;
const FOLDERS = ['refs/heads', 'refs/remotes', 'refs/tags'];

interface IOptions {
  toContents(relative: string): ContentsPath;
  readonly signal: AbortSignal;
}

/** Branches, tags, and what git is in the middle of. Nothing is asked of a sibling. */
export async function readBranches(repository: Repository, options: IOptions): Promise<Branches> {
  const { git, folder } = repository;
  const { signal } = options;
  const head = await readHead(git);
  const current = head.ref?.replace(/^refs\/heads\//u, '') ?? null;
  const [{ listed, broken }, loose, conflicts] = await Promise.all([
    listRefs(git, current, signal),
    head.ref === null && head.commit !== null ? countLost(git, { tip: head.commit, but: null, signal }) : 0,
    readConflicts(repository, options)
  ]);
  return {
    current,
    head: head.commit as CommitId | null,
    loose,
    branches: listed.branches.slice(0, MOST),
    tags: listed.tags.slice(0, MOST),
    truncated: listed.branches.length > MOST || listed.tags.length > MOST,
    broken,
    unfinished: unfinishedIn(folder.gitDir)?.what ?? null,
    conflicts
  };
}

/** All refs at once; where git stumbles over one whose commit is missing, those it can read, and the names of the others. */
async function listRefs(
  git: GitReader,
  current: string | null,
  signal: AbortSignal
): Promise<{ listed: IListedRefs; broken: string[] }> {
  const list = async (patterns: readonly string[]): Promise<{ output: Buffer; words: string } | null> =>
    await git.readWithWords(
      [128],
      ['for-each-ref', `--format=${REF_FORMAT}`, '--sort=-creatordate', `--count=${MOST * 3}`, ...patterns],
      { signal, noIndex: true }
    );
  const all = await list(FOLDERS);
  if (all !== null) {
    return { listed: parseListedRefs(all.output, current), broken: brokenRefs(all.words) };
  }
  const plain = parseRefs(await git.say(['for-each-ref', '--format=%(objectname) %(refname)', ...FOLDERS]));
  const names = [...plain.keys()];
  const found = await objectIds(
    git,
    names.map(name => `${name}^{commit}`)
  );
  const sound = names.filter((_, at) => found[at] !== null);
  const readable = sound.length === 0 ? null : await list(sound);
  return {
    listed: readable === null ? { branches: [], tags: [] } : parseListedRefs(readable.output, current),
    broken: names.filter((_, at) => found[at] === null).map(displayName)
  };
}

/** The refs that git leaves out, by what it says of them. */
export function brokenRefs(words: string): string[] {
  return [...words.matchAll(/^warning: ignoring (?:broken ref|dangling symref|ref with broken name) (.+)$/gmu)].map(
    ([, name = '']) => displayName(name)
  );
}

interface ILost {
  readonly tip: string;
  /** The branch that does not count; without one, what is checked out does not. */
  readonly but: string | null;
  readonly signal: AbortSignal;
}

/** No name of a branch holds what would be a pattern. */
function lostArguments({ tip, but }: ILost): string[] {
  const others = but === null ? [] : ['HEAD', `--exclude=${but}`];
  return [tip, '--not', ...others, '--exclude=git-annex', '--branches', '--tags', '--remotes'];
}

async function countLost(git: GitReader, lost: ILost): Promise<number> {
  const output = await git.read(['rev-list', '--count', ...lostArguments(lost)], { signal: lost.signal, noIndex: true });
  return Number(output.toString());
}

const NAMED = 20;

/** The commits that nothing would lead to without a branch; without one those that are checked out. */
export async function readLostCommits(
  git: GitReader,
  { branch, signal }: { branch?: string; signal: AbortSignal }
): Promise<LostCommits> {
  const ref = branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
  const [tip] = await objectIds(git, [`${ref}^{commit}`]);
  if (tip === null || tip === undefined) {
    return fail('not-found', `There is no branch ${branch ?? ''}.`, { parameters: { path: branch ?? '' } });
  }
  const lost = { tip, but: branch ?? null, signal };
  const args = ['log', `--max-count=${NAMED}`, '--no-show-signature', '--no-patch', '-z', '--format=%H%n%ct%n%s'];
  const [count, output] = await Promise.all([
    countLost(git, lost),
    git.read([...args, ...lostArguments(lost), '--'], { signal, noIndex: true })
  ]);
  const commits = output
    .toString()
    .split('\0')
    .filter(Boolean)
    .map(text => {
      const [id = '', time, ...subject] = text.split('\n');
      return { id: id as CommitId, time: Number(time) * 1000, subject: subject.join(' ').slice(0, 500) };
    });
  return { count, commits };
}
