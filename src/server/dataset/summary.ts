import type { DatasetRef, Summary, SummaryPart } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import { displayName } from '../bytes';
import { type IHead, readHead } from '../git/refs';
import { attempt, type Attempt } from './attempt';
import { describeBranch } from './branch';
import { countLeftOut } from './leftOut';
import { readDatasetId } from './datasetId';
import { listChanges, withDirtySubdatasets } from './changedFiles';
import type { Repository } from './repository';
import { readObstacles } from './obstacles';
import { readSiblings } from './siblings';

/** Siblings are known without a branch, but not how far they are from it. */
const NO_HEAD: IHead = { ref: null, commit: null };

interface ISummaryOptions {
  dataset: DatasetRef;
  superdatasets: DatasetRef[];
  /** The contents path of a path relative to the dataset. */
  toContents(relative: string): ContentsPath;
  /** Subdatasets with unsaved changes of their own, relative to the dataset. */
  dirtySubdatasets(): Promise<string[]>;
  signal: AbortSignal;
}

/** Everything but the totals; see `Summary`. What cannot be read is named in `unread`, and the rest stands. */
export async function readSummary(repository: Repository, options: ISummaryOptions): Promise<Summary> {
  const { dataset, superdatasets, toContents, signal } = options;
  const [head, id, changes, subdatasets, obstacles, leftOut] = await Promise.all([
    attempt(readHead(repository.git)),
    attempt(readDatasetId(repository.git)),
    attempt(listChanges(repository, signal)),
    attempt(options.dirtySubdatasets()),
    attempt(readObstacles(repository, dataset.path)),
    attempt(countLeftOut(repository))
  ]);
  const siblings = await attempt(readSiblings(repository, head.value ?? NO_HEAD));
  const unread = failedParts({ branch: head, changes, subdatasets, obstacles, siblings });
  return {
    dataset,
    ...(id.value === null ? {} : { id: id.value }),
    branch: head.value === null ? { name: null } : describeBranch(head.value),
    superdatasets,
    changes: withDirtySubdatasets(changes.value?.files ?? [], subdatasets.value ?? []).map(({ path, ...facts }) => ({
      path: toContents(path),
      name: displayName(path),
      ...facts
    })),
    truncated: changes.value?.truncated ?? false,
    siblings: siblings.value ?? [],
    obstacles: obstacles.value ?? [],
    ...(leftOut.value ? { leftOut: leftOut.value } : {}),
    ...(unread.length === 0 ? {} : { unread })
  };
}

function failedParts(parts: Readonly<Record<SummaryPart, Attempt<unknown>>>): NonNullable<Summary['unread']> {
  const names = Object.keys(parts) as SummaryPart[];
  return names.flatMap(part => {
    const { failure } = parts[part];
    return failure === null ? [] : [{ part, failure }];
  });
}
