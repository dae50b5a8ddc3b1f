import { GITLINK, type IGitEntry, isRegular } from '../../git/entry';
import type { IndexFile } from '../../git/index/indexFile';
import { Turns } from '../../turns';
import type { Repository } from '../repository';
import type { AnnexedFiles } from './annexedFiles';
import { patchedFiles } from './patchedFiles';
import { entryAt } from './readAnnexedFiles';

/** With more of them it is quicker to read everything again. */
const MOST = 5_000;

/** Entries that are compared at once. */
const RUN = 128;

/** What two readings of an index differ in. */
export interface IIndexDelta {
  /** In git's order; a path whose entry is another one is in both. */
  removed: string[];
  added: IGitEntry[];
}

/** Compares two readings entry by entry; null when they differ in too much, or either has a subdataset or conflict the other has not. */
export async function compareIndexes(before: IndexFile, after: IndexFile): Promise<IIndexDelta | null> {
  const delta: IIndexDelta = { removed: [], added: [] };
  const turns = new Turns();
  const take = (index: IndexFile, at: number): boolean => {
    const entry = entryAt(index, at);
    if (index === before) {
      delta.removed.push(entry.path);
    } else {
      delta.added.push(entry);
    }
    return entry.stage === 0 && entry.mode !== GITLINK && delta.removed.length + delta.added.length <= MOST;
  };
  for (let [one, two] = [0, 0]; one < before.count || two < after.count;) {
    if (before.sameRun(one, RUN, after, two)) {
      [one, two] = [one + RUN, two + RUN];
      continue;
    }
    const order = one >= before.count ? 1 : two >= after.count ? -1 : before.comparePaths(one, after, two);
    const same = order === 0 && before.sameEntry(one, after, two);
    if (!same && ((order <= 0 && !take(before, one)) || (order >= 0 && !take(after, two)))) {
      return null;
    }
    one += order <= 0 ? 1 : 0;
    two += order >= 0 ? 1 : 0;
    if (turns.due()) {
      await turns.give();
    }
  }
  return delta;
}

/** The annexed files after a change of the index; the same list when none of them changed, null where all must be read again. */
export async function applyDelta(repository: Repository, before: AnnexedFiles, delta: IIndexDelta): Promise<AnnexedFiles | null> {
  if (before.hidden.size > 0 || before.unread > 0) {
    return null;
  }
  await repository.keys.load(delta.added);
  if (delta.added.some(entry => repository.keys.lacks(entry))) {
    return null;
  }
  const removed = delta.removed.flatMap(path => before.at(path) ?? []);
  const added = delta.added.flatMap(entry => {
    const key = repository.keys.of(entry);
    return key === null ? [] : [{ path: entry.path, key, unlocked: isRegular(entry.mode) }];
  });
  return removed.length + added.length === 0 ? before : patchedFiles(before, removed, added);
}
