import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../../protocol/failure';
import type { JobReport } from '../../../protocol/job';
import type { ContentsPath } from '../../../protocol/paths';
import { displayName, fsPath } from '../../bytes';
import { isLost } from '../../datalad/lostNames';
import type { WorkerPool } from '../../datalad/workerPool';
import type { Entry } from '../../journal/entry';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { exists } from '../../exists';
import { isWithin } from '../../nesting';
import type { ExecutionBook } from '../notebooks/executionBook';
import type { RunBook } from '../runs/runBook';
import type { SaveBook } from '../undo/saveTrace';

/** What the handlers of jobs work with. */
export interface IJobContext {
  readonly boundary: PathBoundary;
  readonly pool: WorkerPool;
  /** Workers in the environment of a terminal, for what runs the user's own programs. */
  readonly runPool: WorkerPool;
  /** The Python that has DataLad. */
  readonly python: string;
  /** The environment of git and git-annex, see `process/environment.ts`. */
  readonly env: Record<string, string>;
  /** The environment of programs that are the user's own. */
  readonly terminalEnv: Record<string, string>;
  /** Where the Python package of this extension lies. */
  readonly packageFolder: string;
  /** What was seen of notebooks that were executed. */
  readonly executions: ExecutionBook;
  /** What runs that came to no good end have left behind. */
  readonly runs: RunBook;
  /** A job that ran before, with its results; throws `not-found`. */
  readonly report: (job: string) => JobReport;
  /** What the journal knows of a job that was interrupted; null of any other. */
  readonly interrupted: (job: string) => Promise<Entry | null>;
  /** What saves did, so that they can be undone. */
  readonly saves: SaveBook;
}

/** Absolute paths in a dataset; whoever hands them to DataLad looks for names that it loses. */
export function resolvePaths(boundary: PathBoundary, paths: readonly ContentsPath[], dataset: AbsolutePath): string[] {
  return paths.map(path => {
    const absolute = boundary.resolve(path);
    if (!isWithin(absolute, dataset)) {
      fail('outside-root', `${path} is not in this dataset.`, { parameters: { path } });
    }
    return absolute;
  });
}

/** The same for paths that must be there: DataLad's words on a missing one differ from command to command. */
export function resolveExisting(boundary: PathBoundary, paths: readonly ContentsPath[], dataset: AbsolutePath): string[] {
  const absolute = resolvePaths(boundary, paths, dataset);
  requireDataset(dataset);
  const missing = absolute.findIndex(path => !exists(path));
  if (missing !== -1) {
    const path = paths[missing] ?? '';
    fail('not-found', `There is nothing at ${path}.`, { hint: 'It may have been moved or deleted.', parameters: { path } });
  }
  return absolute;
}

/**
 * Fails with `not-a-dataset` unless a folder is the top of a repository: DataLad would work in the one around it. Fails, too, where
 * the repository may not be written: git-annex makes its folders writable to drop content, and only then finds that it may not.
 */
export function requireDataset(dataset: AbsolutePath): void {
  const repository = join(dataset, '.git');
  if (!exists(repository)) {
    fail('not-a-dataset', 'There is no dataset at this place.', { hint: 'It may have been moved or deleted.' });
  }
  try {
    accessSync(fsPath(repository), constants.W_OK);
  } catch (error) {
    const kind = error instanceof Error && 'code' in error && error.code === 'EROFS' ? 'read-only' : 'permission-denied';
    fail(kind, 'You may not write to this dataset.', { hint: 'Work in a clone of your own.' });
  }
}

/** One absolute path that DataLad can take; it loses names with line breaks and names that are no UTF-8. */
export function resolvePath(boundary: PathBoundary, path: ContentsPath): AbsolutePath {
  const absolute = boundary.resolve(path);
  if (isLost(absolute)) {
    fail('unsafe-name', 'DataLad cannot work with this name: it holds a line break or bytes that are no text.', {
      hint: 'Rename it in a terminal.',
      parameters: { path: displayName(absolute.slice(boundary.root.length + 1)) }
    });
  }
  return absolute;
}
