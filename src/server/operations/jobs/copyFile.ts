import { dirname, extname } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { findRepositories } from '../../dataset/findRepositories';
import { exists } from '../../exists';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { type IJobContext, requireDataset } from './context';
import { datasetAround } from './datasetAround';
import { copyAcross } from './placing/copyAcross';
import { copiesOf, makeCopies } from './placing/copying';
import { copyPiece } from './placing/copyPiece';
import { type IPlace, placesOf, requireFree } from './placing/places';
import { relink } from './placing/relink';

/**
 * Copies files and folders into a folder of a dataset. What comes from elsewhere is saved, with its content; within the dataset another
 * link to the same content is made, which takes no space and is not saved yet.
 */
export async function copyFile(context: IJobContext, input: ParsedJobInput<'copyFile'>, task: ITask): Promise<void> {
  const { boundary } = context;
  const dataset = boundary.resolve(input.dataset);
  const wanted = placesOf(boundary, input);
  requireDataset(dataset);
  for (const place of wanted) {
    await refuseDatasets(place, task.signal);
  }
  const places = input.name === undefined ? freePlaces(wanted) : wanted;
  places.forEach(({ to }) => requireFree(to, boundary));
  const isWithinIt = ({ from }: IPlace): boolean => datasetAround(dirname(from)) === dataset;
  for (const place of places.filter(isWithinIt)) {
    const then = async (): Promise<void> => void (await relink(place.to, dataset));
    await makeCopies(await copiesOf(place), ({ piece, to }) => copyPiece(piece, to), then);
  }
  const across = places.filter(place => !isWithinIt(place));
  if (across.length > 0) {
    await copyAcross(context, { places: across, dataset }, task);
  }
  for (const { from, to } of places) {
    const path = boundary.toContents(to as AbsolutePath);
    task.result({ action: 'copy', status: 'ok', path, type: 'file', from: boundary.toContents(from) });
  }
}

/** A copy of a repository with everything in it would be two annexes that take each other for the same. */
export async function refuseDatasets({ from, leave }: IPlace, signal: AbortSignal): Promise<void> {
  const { datasets, bare, complete } = await findRepositories(from, { signal });
  if ([...datasets, ...bare].some(found => !leave.has(found))) {
    fail('holds-dataset', 'A dataset cannot be copied like a folder: both copies would take themselves for the same place.', {
      hint: 'Clone it.'
    });
  }
  if (!complete) {
    fail('permission-denied', 'Not everything in it could be looked at.');
  }
}

function freePlaces(places: readonly IPlace[]): IPlace[] {
  const taken = new Set<string>();
  return places.map(({ to, ...place }) => {
    const free = freeName(to, taken);
    taken.add(free);
    return { ...place, to: free };
  });
}

/** As Jupyter names copies: `a.txt`, then `a-Copy1.txt`. */
function freeName(path: string, taken: ReadonlySet<string>): string {
  const end = extname(path);
  const start = path.slice(0, path.length - end.length);
  for (let number = 0; ; number += 1) {
    const name = number === 0 ? path : `${start}-Copy${number}${end}`;
    if (!exists(name) && !taken.has(name)) {
      return name;
    }
  }
}
