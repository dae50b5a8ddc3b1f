import type { DIFFERENCES } from '../../../protocol/compare';
import type { Side } from '../../../protocol/revision';
import { FailureError } from '../../../protocol/failure';
import { type IRenamedDiff, parseRenamedDiff } from '../../git/renamedDiff';
import type { Repository } from '../repository';
import { treeish } from './sides';

/** What is at a path on one side: an entry of a tree or of the index, or what is on disk, of which no id is known. */
export type Entry = { readonly mode: string; readonly oid: string } | 'disk';

/** One path that differs; a renamed one has its old path, too. */
export interface IRawDifference {
  status: (typeof DIFFERENCES)[number];
  path: string;
  oldPath?: string;
  before: Entry | null;
  after: Entry | null;
}

const RAW = ['--raw', '-z', '-r', '--no-abbrev', '--no-ext-diff', '--no-textconv', '--ignore-submodules=dirty'];
/** Files on either side above which git looks only for renames with the same content, which takes no reading. */
const RENAMES = '-l1000';

/** The differences of two sides that are no work tree, as git sees them. */
export async function diffTrees(
  repository: Repository,
  sides: { from: Exclude<Side, 'worktree'>; to: Exclude<Side, 'worktree'> },
  signal?: AbortSignal
): Promise<IRawDifference[]> {
  const trees = [await treeish(repository, sides.from), await treeish(repository, sides.to)];
  const diff = async (...renames: string[]): Promise<Buffer> =>
    await repository.git.read(['diff-tree', ...RAW, ...renames, ...trees, '--'], { signal, noIndex: true });
  try {
    return parseRenamedDiff(await diff('-M', RENAMES)).map(difference);
  } catch (error) {
    // Renames are found by reading blobs, of which a partial or damaged repository may lack some.
    if (!(error instanceof FailureError) || error.failure.kind === 'cancelled') {
      throw error;
    }
    return parseRenamedDiff(await diff('--no-renames')).map(difference);
  }
}

const STATUS: Readonly<Record<IRenamedDiff['status'], IRawDifference['status']>> = {
  A: 'added',
  D: 'deleted',
  M: 'modified',
  T: 'typechange',
  U: 'conflict',
  R: 'renamed'
};

/** A record of git with what it stands for on each side. */
export function difference(raw: IRenamedDiff): IRawDifference {
  const { oldMode, oldOid, newMode, newOid, path, oldPath } = raw;
  return {
    status: STATUS[raw.status],
    path,
    ...(oldPath === undefined ? {} : { oldPath }),
    before: oldMode === NONE ? null : { mode: oldMode, oid: oldOid },
    after: newMode === NONE ? null : { mode: newMode, oid: newOid }
  };
}

const NONE = '000000';
