import { join } from 'node:path';
import { exists } from '../../exists';
import type { AbsolutePath } from '../../paths';
import { Repository } from '../repository';
import { readSubdatasets } from '../subdatasets';
import { fits, type Segment, segmentsOf } from './glob';
import { placeIn } from './parseRecord';

/**
 * Subdatasets that are not installed and lie on the way to inputs, relative to the dataset: before a run DataLad would install them from
 * where the dataset says, and get content there, without anybody having looked at what they would run.
 */
export async function absentInputs(
  repository: Repository,
  { folder, inputs, env }: { folder: string; inputs: readonly string[]; env: Record<string, string> }
): Promise<string[]> {
  const ways = inputs.map(input => placeIn(folder, input)).filter(place => place !== null);
  return await absentOn(repository, ways.map(segmentsOf), env);
}

async function absentOn(repository: Repository, ways: readonly Segment[][], env: Record<string, string>): Promise<string[]> {
  const rest = (path: string): Segment[][] => ways.flatMap(way => behind(way, path.split('/')) ?? []);
  const absent: string[] = [];
  for (const path of await readSubdatasets(repository, paths => paths.filter(each => rest(each).length > 0))) {
    const root = join(repository.root, path) as AbsolutePath;
    if (!exists(join(root, '.git'))) {
      absent.push(path);
    } else {
      const below = await absentOn(await Repository.open(root, env), rest(path), env);
      absent.push(...below.map(name => `${path}/${name}`));
    }
  }
  return absent;
}

/** What is left of a way behind a place that it leads through, or to; null where it leads elsewhere. */
function behind(way: Segment[], place: readonly string[]): Segment[][] | null {
  for (const [at, name] of place.entries()) {
    const segment = way[at];
    if (segment === '**') {
      return [way.slice(at)];
    }
    if (segment === undefined || !('name' in segment ? segment.name === name : fits(segment.pattern, name))) {
      return null;
    }
  }
  return [way.slice(place.length)];
}
