import { join } from 'node:path';
import type { Result } from '../../../protocol/result';
import { VERDICT_ACTION, Verdict } from '../../../protocol/rerun';
import type { CommitId } from '../../../protocol/revision';
import { parseRawDiff } from '../../git/rawDiff';
import type { AbsolutePath, PathBoundary } from '../../paths';
import type { Repository } from '../../dataset/repository';
import type { IOutputs } from '../../dataset/runs/outputs';

/** What became of a file; `from`: the commit of the run that had made it. */
interface IJudged {
  readonly path: string;
  readonly verdict: Verdict;
  readonly from?: CommitId;
}

interface IRerun {
  /** The runs that were repeated, the oldest first. */
  readonly runs: readonly CommitId[];
  /** Those that failed, or were not begun since one before them did. */
  readonly failed: readonly CommitId[];
  /** The files that all of these had made. */
  readonly outputs: ReadonlyMap<CommitId, IOutputs>;
  /** Those of a run that its command has not written this time. */
  readonly untouched: ReadonlyMap<CommitId, ReadonlySet<string>>;
  readonly before: CommitId;
  readonly after: CommitId;
  readonly signal: AbortSignal;
}

/** Results of one job are kept up to 5,000: those that say the least are told least. */
const MOST_IDENTICAL = 2_000;

/**
 * Compares what is saved after a rerun with what the runs had saved, file by file, by content: annexed files by their keys, so that it does
 * not matter whether they are locked. The most telling first.
 */
export async function readVerdicts(repository: Repository, rerun: IRerun): Promise<IJudged[]> {
  const { runs, failed, outputs, untouched, before, after, signal } = rerun;
  const judged = new Map<string, IJudged>();
  for (const from of [...failed].reverse()) {
    const files = (outputs.get(from)?.files ?? []).filter(({ path }) => !judged.has(path));
    files.forEach(({ path }) => judged.set(path, { path, verdict: 'failed', from }));
  }
  for (const run of [...runs].reverse()) {
    const files = (outputs.get(run)?.files ?? []).filter(({ path }) => !judged.has(path));
    const verdicts = await compare(repository, { from: run, to: after, signal });
    for (const { path } of files) {
      const same = untouched.get(run)?.has(path) === true ? 'untouched' : 'identical';
      judged.set(path, { path, verdict: verdicts.get(path) ?? same, from: run });
    }
  }
  // What it wrote beside that.
  for (const [path, verdict] of await compare(repository, { from: before, to: after, signal })) {
    if (!judged.has(path)) {
      judged.set(path, { path, verdict });
    }
  }
  return [...judged.values()].sort((one, other) => rank(one) - rank(other) || (one.path < other.path ? -1 : 1));
}

/** The results of a job that tell of verdicts, and how many files there are of each. */
export function resultsOf(
  judged: readonly IJudged[],
  { root, boundary }: { root: AbsolutePath; boundary: PathBoundary }
): Result[] {
  // As they are sorted, the last ones.
  const identical = judged.filter(({ verdict }) => verdict === 'identical');
  const rest = judged.slice(0, judged.length - identical.length);
  return [...rest, ...identical.slice(0, MOST_IDENTICAL)].map(({ path, verdict, from }) => ({
    action: VERDICT_ACTION,
    status: verdict === 'identical' ? 'notneeded' : 'ok',
    path: boundary.toContents(join(root, path) as AbsolutePath),
    type: 'file',
    verdict,
    ...(from === undefined ? {} : { from })
  }));
}

function rank({ verdict }: IJudged): number {
  return Verdict.options.indexOf(verdict);
}

/** The files whose content differs between two commits, with what became of each. */
async function compare(
  { git, keys }: Repository,
  { from, to, signal }: { from: CommitId; to: CommitId; signal: AbortSignal }
): Promise<Map<string, Verdict>> {
  const args = ['diff-tree', '-r', '--raw', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules=none', '--full-index'];
  const changes = parseRawDiff(await git.read([...args, from, to, '--'], { signal, noIndex: true }));
  const sides = changes.map(({ oldMode, oldOid, newMode, newOid }) => ({
    old: { mode: oldMode, oid: oldOid },
    new: { mode: newMode, oid: newOid }
  }));
  await keys.load(
    sides.flatMap(side => [side.old, side.new]),
    signal
  );
  const found = new Map<string, Verdict>();
  changes.forEach(({ path, status }, at) => {
    const side = sides[at];
    const [old, now] = side === undefined ? [null, null] : [keys.of(side.old), keys.of(side.new)];
    if (status === 'A') {
      found.set(path, 'new');
    } else if (status === 'D') {
      found.set(path, 'missing');
    } else if (old === null || old !== now) {
      found.set(path, 'changed');
    }
  });
  return found;
}
