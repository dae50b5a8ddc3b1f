import { readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fsPath } from '../../bytes';
import { run } from '../../process/run';
import { exists } from '../../exists';

/**
 * Remembers how a dataset's list of subdatasets stands, so that a clone that was to be registered in it and failed leaves no trace.
 * The function it resolves with undoes the registration, unless it was committed already, and says whether it did.
 */
export async function rememberRegistration(
  dataset: string,
  { path, env }: { path: string; env: Record<string, string> }
): Promise<() => Promise<boolean>> {
  const existed = exists(join(dataset, '.gitmodules'));
  return () => undoRegistration(dataset, { path, env, existed });
}

/** Undoes a registration that was not committed; false where it was. `existed`: there was a list of subdatasets before. */
export async function undoRegistration(
  dataset: string,
  { path, env, existed }: { path: string; env: Record<string, string>; existed: boolean }
): Promise<boolean> {
  const file = fsPath(join(dataset, '.gitmodules'));
  const name = relative(dataset, path);
  // No signal: the undoing follows a cancel.
  const git = (args: readonly string[]): ReturnType<typeof run> =>
    run('git', ['--literal-pathspecs', ...args], { cwd: dataset, env, timeout: 30_000 });
  const { stdout } = await git(['ls-tree', 'HEAD', '--', name]);
  if (stdout.length > 0) {
    return false;
  }
  // The section alone: somebody may have added another subdataset meanwhile.
  await git(['config', '--file', '.gitmodules', '--remove-section', `submodule.${name}`]);
  if (!existed && (await readFile(file).catch(() => null))?.toString().trim() === '') {
    await rm(file);
  }
  await git(['reset', '--quiet', 'HEAD', '--', name, '.gitmodules']);
  await git(['config', '--local', '--remove-section', `submodule.${name}`]);
  return true;
}
