import { hidesMissing } from '../../../protocol/dataset';
import { type IAdjustedBranch, parseAdjusted } from '../../annex/adjustment';
import type { IGitEntry } from '../../git/entry';
import { parseRawDiff } from '../../git/rawDiff';
import type { GitReader } from '../../git/reader';
import { readHeadFile } from '../../git/refFile';
import { readHead, readRefs } from '../../git/refs';
import type { IRepositoryFolder } from '../../git/repositoryFolder';

/** A branch on which git-annex leaves out files whose content is not here. */
export interface IHidingBranch extends IAdjustedBranch {
  /** Commit of the original branch that the adjusted one was made of. */
  basis: string;
  /** The commit git-annex made on top of it, which leaves the files out. */
  adjusting: string;
}

/** Whether the checked-out branch hides files, as far as the file HEAD tells: false is certain, without a start of git. */
export async function mayHideFiles(folder: IRepositoryFolder): Promise<boolean> {
  const head = await readHeadFile(folder);
  const adjusted = parseAdjusted(head?.ref?.replace(/^refs\/heads\//, '') ?? '');
  return head === null || (adjusted !== null && hidesMissing(adjusted));
}

/** The checked-out branch when it hides files without content; null on all others. */
export async function readHidingBranch(git: GitReader): Promise<IHidingBranch | null> {
  const { ref, commit } = await readHead(git);
  const adjusted = parseAdjusted(ref?.replace(/^refs\/heads\//, '') ?? '');
  if (ref === null || commit === null || adjusted === null || !hidesMissing(adjusted)) {
    return null;
  }
  const basisRef = ref.replace(/^refs\/heads\//, 'refs/basis/');
  const basis = (await readRefs(git, [basisRef])).get(basisRef);
  if (basis === undefined) {
    return null;
  }
  // Commits made since, by people, stand on top of git-annex's own: what they delete is deleted, not hidden.
  const since = await git.say(['rev-list', '--first-parent', '--reverse', `${basis}..${commit}`, '--']);
  return { ...adjusted, basis, adjusting: since.split('\n')[0] || commit };
}

/** The files that the branch leaves out, in git's order; all of them are annexed. */
export async function readHiddenEntries(git: GitReader, branch: IHidingBranch, signal?: AbortSignal): Promise<IGitEntry[]> {
  const args = [
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--no-renames',
    '--no-ext-diff',
    '--diff-filter=D',
    branch.basis,
    branch.adjusting
  ];
  const output = await git.read([...args, '--'], { signal });
  return parseRawDiff(output).map(({ oldMode: mode, oldOid: oid, path }) => ({ mode, oid, path, stage: 0 }));
}
