import { isUtf8 } from '../bytes';
import { GITLINK, parseIndex } from '../git/entry';
import { splitZero } from '../git/split';
import type { Repository } from './repository';

/**
 * Paths, relative to the dataset, of the subdatasets registered directly in it, installed or not. `.gitmodules` alone is not believed:
 * the index is asked about the paths that `choose` leaves of it.
 */
export async function readSubdatasets(repository: Repository, choose: (paths: string[]) => string[]): Promise<string[]> {
  const args = ['config', '--no-includes', '-z', '--file', '.gitmodules', '--get-regexp', '^submodule\\..*\\.path$'];
  // 1: no such key or file; 3: the file is broken, as in the middle of a merge; 255: it cannot be read.
  const output = await repository.git.readOr([1, 3, 128, 255], args);
  const named = output === null ? [] : splitZero(output).map(field => field.slice(field.indexOf('\n') + 1));
  const paths = choose(named.filter(isInside));
  if (paths.length === 0) {
    return [];
  }
  const entries = parseIndex(await repository.git.read(['ls-files', '-s', '-z', '--', ...paths]));
  return [...new Set(entries.filter(({ mode }) => mode === GITLINK).map(({ path }) => path))];
}

/** Git refuses arguments that lead out of its work tree, and ours have to be valid UTF-8. */
function isInside(path: string): boolean {
  return isUtf8(path) && path.split('/').every(name => name !== '' && name !== '.' && name !== '..');
}
