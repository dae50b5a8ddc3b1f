import { lstat, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFile } from '../../../protocol/notebookRun';
import { runPattern } from '../../../protocol/runPattern';
import { keyBytes } from '../../annex/key';
import { keyOfLink, keyOfPointer, POINTER_MAX } from '../../annex/pointer';
import { decodePath, fsPath } from '../../bytes';
import { isLost } from '../../datalad/lostNames';
import { mapLimited } from '../../mapLimited';
import { readRegular } from '../../regularFile';

/** More files are not proposed one by one. */
export const MOST_FILES = 1_000;

/** Files of a dataset, by their names in it, as a record could name them; those whose names DataLad loses are left out. */
export async function runFiles(dataset: string, names: readonly string[], from: RunFile['from']): Promise<RunFile[]> {
  const sound = names.filter(name => !isLost(name)).slice(0, MOST_FILES);
  return mapLimited(sound, 8, async name => ({ pattern: runPattern(name), from, ...(await lookAt(join(dataset, name))) }));
}

/** Whether the content of a file is here, and how large it is. */
async function lookAt(path: string): Promise<Omit<RunFile, 'pattern' | 'from'>> {
  const stats = await lstat(fsPath(path)).catch(() => null);
  if (stats === null) {
    return { deleted: true };
  }
  const key = stats.isSymbolicLink()
    ? keyOfLink(decodePath(await readlink(fsPath(path), { encoding: 'buffer' })))
    : await pointerKey(path, stats.size);
  if (key === null) {
    return { bytes: stats.size };
  }
  const bytes = keyBytes(key);
  const here =
    stats.isSymbolicLink() &&
    (await stat(fsPath(path)).then(
      () => true,
      () => false
    ));
  return { here, ...(bytes === undefined ? {} : { bytes }) };
}

/** The key of an unlocked file whose content is not here. */
async function pointerKey(path: string, size: number): Promise<string | null> {
  const text = size <= POINTER_MAX ? await readRegular(path, POINTER_MAX) : null;
  return text === null ? null : keyOfPointer(text);
}
