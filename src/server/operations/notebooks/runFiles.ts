import { join } from 'node:path';
import type { RunFile } from '../../../protocol/notebookRun';
import { runPattern } from '../../../protocol/runPattern';
import { isLost } from '../../datalad/lostNames';
import { mapLimited } from '../../mapLimited';
import { contentAt } from './contentAt';

/** More files are not proposed one by one. */
export const MOST_FILES = 1_000;

/** Files of a dataset, by their names in it, as a record could name them; those whose names DataLad loses are left out. */
export async function runFiles(dataset: string, names: readonly string[], from: RunFile['from']): Promise<RunFile[]> {
  const sound = names.filter(name => !isLost(name)).slice(0, MOST_FILES);
  return mapLimited(sound, 8, async name => ({ pattern: runPattern(name), from, ...(await lookAt(join(dataset, name))) }));
}

/** Whether the content of a file is here, and how large it is. */
async function lookAt(path: string): Promise<Omit<RunFile, 'pattern' | 'from'>> {
  const content = await contentAt(path);
  if (content === null) {
    return { deleted: true };
  }
  const { here, bytes } = content;
  return { ...(here === undefined ? {} : { here }), ...(bytes === undefined ? {} : { bytes }) };
}
