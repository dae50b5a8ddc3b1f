import { basename, join } from 'node:path';
import { fail } from '../../../../protocol/failure';
import type { ContentsPath } from '../../../../protocol/paths';
import { displayName } from '../../../bytes';
import { exists } from '../../../exists';
import type { AbsolutePath, PathBoundary } from '../../../paths';
import { isWithin } from '../../../nesting';
import { resolvePath } from '../context';
import { datasetAround } from '../datasetAround';

/** Files and folders that are to come into a folder; a single one may get another name there. */
export interface IPlacing {
  readonly dataset: ContentsPath;
  readonly paths: readonly ContentsPath[];
  readonly to: ContentsPath;
  readonly name?: string;
}

export interface IPlace {
  readonly from: AbsolutePath;
  readonly to: string;
}

/** Where each path comes from and goes to; `dataset` is where all of them end. */
export interface IPlaces {
  readonly dataset: AbsolutePath;
  readonly folder: AbsolutePath;
  readonly places: IPlace[];
}

/** Finds out, and refuses what cannot be: names that DataLad or git would lose, places that are taken or are in the thing itself. */
export function placesOf(boundary: PathBoundary, { dataset, paths, to, name }: IPlacing): IPlaces {
  const root = boundary.resolve(dataset);
  const folder = resolvePath(boundary, to);
  if (!exists(folder)) {
    fail('not-found', 'The folder to put it in is not there.', { parameters: { path: to } });
  }
  if (datasetAround(folder) !== root) {
    fail('bad-request', 'The folder to put it in is not in this dataset.', { parameters: { path: to } });
  }
  if (name !== undefined && paths.length !== 1) {
    fail('bad-request', 'Only one thing at a time can get another name.');
  }
  const places = paths.map(path => {
    const from = resolvePath(boundary, path);
    if (!exists(from)) {
      fail('not-found', 'There is nothing at this path.', {
        hint: 'It may have been moved or deleted.',
        parameters: { path }
      });
    }
    if (isWithin(folder, from)) {
      fail('bad-request', 'A folder cannot be put into itself.', { parameters: { path } });
    }
    return { from, to: join(folder, name ?? basename(from)) };
  });
  return { dataset: root, folder, places };
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
