import { basename, join } from 'node:path';
import { fail } from '../../../../protocol/failure';
import type { ContentsPath } from '../../../../protocol/paths';
import { displayName } from '../../../bytes';
import { exists } from '../../../exists';
import type { AbsolutePath, PathBoundary } from '../../../paths';
import { isWithin } from '../../../nesting';
import { datasetAround, isInstalled } from '../datasetAround';

/** Files and folders that are to come into a folder; a single one may get another name there. */
export interface IPlacing {
  /** Where the folder has to be; null: in no dataset. */
  readonly dataset: ContentsPath | null;
  readonly paths: readonly ContentsPath[];
  readonly to: ContentsPath;
  readonly name?: string;
  /** What of it is left where it is. */
  readonly leave?: readonly ContentsPath[];
}

export interface IPlace {
  readonly from: AbsolutePath;
  readonly to: string;
  /** Absolute paths in it that are left out. */
  readonly leave: ReadonlySet<string>;
}

/** Finds out, and refuses what cannot be: places that are not there, or are in the thing itself. Names may hold any bytes. */
export function placesOf(boundary: PathBoundary, { dataset, paths, to, name, leave = [] }: IPlacing): IPlace[] {
  const folder = boundary.resolve(to);
  if (!exists(folder)) {
    fail('not-found', 'The folder to put it in is not there.', { parameters: { path: to } });
  }
  const around = datasetAround(folder);
  if (dataset === null ? isInstalled(around) : around !== boundary.resolve(dataset)) {
    const message =
      dataset === null ? 'The folder to put it in is in a dataset.' : 'The folder to put it in is not in this dataset.';
    fail('bad-request', message, { parameters: { path: to } });
  }
  if (name !== undefined && paths.length !== 1) {
    fail('bad-request', 'Only one thing at a time can get another name.');
  }
  const left = new Set<string>(leave.map(path => boundary.resolve(path)));
  return paths.map(path => {
    const from = boundary.resolve(path);
    if (!exists(from)) {
      fail('not-found', 'There is nothing at this path.', {
        hint: 'It may have been moved or deleted.',
        parameters: { path }
      });
    }
    if (isWithin(folder, from)) {
      fail('bad-request', 'A folder cannot be put into itself.', { parameters: { path } });
    }
    return { from, to: join(folder, name ?? basename(from)), leave: left };
  });
}

/** Fails with `in-the-way` where something is at the place already. */
export function requireFree(to: string, boundary: PathBoundary): void {
  if (exists(to)) {
    fail('in-the-way', 'There is something of this name already.', {
      hint: 'Choose another name.',
      parameters: { path: displayName(to.slice(boundary.root.length + 1)), why: 'taken' }
    });
  }
}
