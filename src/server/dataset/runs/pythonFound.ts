import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { FoundPython } from '../../../protocol/runPlan';
import { fsPath } from '../../bytes';
import { isWithin } from '../../nesting';

const EXECUTABLE = 0o111;
/** No file of this kind is longer. */
const LONGEST = 4_096;

/**
 * The `python` that a command finds on its PATH, and its version where files beside it tell: nothing is started. Folders that PATH names
 * relative to the working folder are searched there, as a shell does.
 */
export async function readPython(
  terminalEnv: Readonly<Record<string, string>>,
  { root, folder }: { root: string; folder: string }
): Promise<FoundPython | null> {
  for (const entry of (terminalEnv['PATH'] ?? '').split(':')) {
    const path = join(isAbsolute(entry) ? entry : join(folder, entry), 'python');
    const found = await stat(fsPath(path)).catch(() => null);
    if (found?.isFile() === true && (found.mode & EXECUTABLE) !== 0) {
      const version = (await versionOfEnvironment(path)) ?? (await versionInName(path));
      return { path, ...(version === null ? {} : { version }), ...(isWithin(path, root) ? { inDataset: true as const } : {}) };
    }
  }
  return null;
}

/** Virtual environments say it in a file of their own. */
async function versionOfEnvironment(path: string): Promise<string | null> {
  const file = join(dirname(path), '..', 'pyvenv.cfg');
  const isShort = await stat(fsPath(file)).then(
    stats => stats.isFile() && stats.size <= LONGEST,
    () => false
  );
  const text = isShort ? await readFile(fsPath(file), 'utf8').catch(() => '') : '';
  return /^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)/mu.exec(text)?.[1] ?? null;
}

/** `python` is mostly a link to `python3.11`. */
async function versionInName(path: string): Promise<string | null> {
  const real = await realpath(fsPath(path), { encoding: 'utf8' }).catch(() => '');
  return /\/python(\d+\.\d+)$/u.exec(real)?.[1] ?? null;
}
