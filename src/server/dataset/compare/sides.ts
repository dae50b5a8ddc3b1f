import type { AskedSide, FoundSide } from '../../../protocol/compare';
import { fail } from '../../../protocol/failure';
import { CommitId, type Side } from '../../../protocol/revision';
import * as v from 'valibot';
import { requireSoundRef } from '../../git/soundRef';
import type { Repository } from '../repository';

/** What a side that was asked for is at this moment; fails with `not-found` where the dataset has no such commit. */
export async function findSide(repository: Repository, asked: AskedSide): Promise<FoundSide> {
  const side = await resolve(repository, asked);
  return side === 'worktree' || side === 'nothing' ? { side } : { side, commit: await describe(repository, side) };
}

/** The same, where nobody wants to know what the commit is about. */
export async function resolve({ git, folder }: Repository, asked: AskedSide): Promise<Side> {
  if (isFixed(asked)) {
    return asked;
  }
  const named = asked.replace(/\^$/, '');
  const commit = await git.say(['rev-parse', '-q', '--verify', `${named}^{commit}`]);
  if (commit === '' && asked === 'HEAD') {
    // Before the first commit there is nothing to compare with; a damaged branch is another matter.
    await requireSoundRef(git, folder, 'HEAD');
    return 'nothing';
  }
  if (commit === '') {
    return fail('not-found', 'This commit is not in the dataset.', { hint: 'It may have been on a branch that was deleted.' });
  }
  const parent = asked.endsWith('^') ? await git.say(['rev-parse', '-q', '--verify', `${commit}^1^{commit}`]) : commit;
  return parent === '' ? 'nothing' : v.parse(CommitId, parent);
}

function isFixed(side: AskedSide): side is 'worktree' | 'nothing' {
  return side === 'worktree' || side === 'nothing';
}

const FORMAT = '--format=%h%x00%ct%x00%s';

async function describe({ git }: Repository, id: CommitId): Promise<FoundSide['commit']> {
  const output = await git.read(['log', '-1', '--no-color', '--no-notes', '--encoding=UTF-8', FORMAT, id, '--'], {
    noIndex: true
  });
  const [short = '', time = '', subject = ''] = output.toString('utf8').replace(/\n$/, '').split('\0');
  return { id, short, subject, time: Number(time) * 1000 };
}

/** The tree git takes for a side that is no work tree; the empty one has a name of its own that needs no object. */
export async function treeish({ git }: Repository, side: Exclude<Side, 'worktree'>): Promise<string> {
  if (side !== 'nothing') {
    return side;
  }
  const format = (await git.config()).get('extensions.objectformat');
  return format === 'sha256' ? EMPTY_SHA256 : EMPTY_SHA1;
}

const EMPTY_SHA1 = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const EMPTY_SHA256 = '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321';
