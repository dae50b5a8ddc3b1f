import type { LooseObjects } from './looseObjects';
import type { GitReader } from './reader';
import { splitZero } from './split';
import { differingEntries, type ITreeObject } from './treeObject';

const NO_TREE: ITreeObject = { bytes: Buffer.alloc(0), oidBytes: 20 };

/** The paths in which two commits differ; null where one of them is not there any more. */
export async function changedPaths(git: GitReader, before: string, after: string): Promise<string[] | null> {
  const [from, to] = await Promise.all([git.loose.treeOf(before), git.loose.treeOf(after)]);
  const quick = from === null || to === null ? null : await changedBetween(git.loose, from, to, '');
  if (quick !== null) {
    return quick;
  }
  const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--no-ext-diff', before, after, '--'];
  const output = await git.readOr([128], args, { noIndex: true });
  return output === null ? null : splitZero(output);
}

/** The same of two trees, of which one may be none; null where git is to be asked. */
async function changedBetween(
  objects: LooseObjects,
  before: string | null,
  after: string | null,
  /** Where the trees lie, empty or with a slash behind. */
  folder: string
): Promise<string[] | null> {
  const one = before === null ? NO_TREE : await objects.readTree(before);
  const two = after === null ? NO_TREE : await objects.readTree(after);
  if (one === null || two === null) {
    return null;
  }
  const found: string[] = [];
  for (const [from, to] of differingEntries(one, two)) {
    const path = folder + (from ?? to)?.name;
    if (from?.isFolder === false || to?.isFolder === false) {
      found.push(path);
    }
    const [left, right] = [from, to].map(entry => (entry?.isFolder === true ? entry.oid : null));
    const below = left || right ? await changedBetween(objects, left ?? null, right ?? null, `${path}/`) : [];
    if (below === null) {
      return null;
    }
    found.push(...below);
  }
  return found;
}
