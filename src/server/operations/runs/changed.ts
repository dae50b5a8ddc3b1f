import { join } from 'node:path';
import { isCheckpoint } from '../../../protocol/checkpoints';
import { readChanges, readUntracked } from '../../dataset/changes';
import { Repository } from '../../dataset/repository';
import { fileStamp } from '../../fileStamp';
import { mapLimited } from '../../mapLimited';
import type { AbsolutePath } from '../../paths';

/** The unsaved changes of a dataset at one moment: a stamp of each file, by its name relative to the dataset. */
export type Changed = ReadonlyMap<string, string>;

/** Which files of a dataset differ from what is saved; of new folders each file. */
export async function readChanged(
  dataset: AbsolutePath,
  { env, signal }: { env: Record<string, string>; signal?: AbortSignal }
): Promise<Changed> {
  const repository = await Repository.open(dataset, env);
  const changes = [...(await readChanges(repository, '', signal)).values()];
  const untracked = changes.some(({ folder }) => folder === true)
    ? await readUntracked(repository, '', { whole: true, ...(signal === undefined ? {} : { signal }) })
    : [];
  const names = new Set([...changes.filter(({ folder }) => folder !== true).map(({ path }) => path), ...untracked]);
  const wanted = [...names].filter(name => !name.endsWith('/') && !isCheckpoint(name)).sort();
  return new Map(await mapLimited(wanted, 8, async name => [name, await fileStamp(join(dataset, name))] as const));
}

/** What has changed from one moment to the next. */
export function changedSince(before: Changed, after: Changed): string[] {
  return [...after].filter(([name, stamp]) => before.get(name) !== stamp).map(([name]) => name);
}
