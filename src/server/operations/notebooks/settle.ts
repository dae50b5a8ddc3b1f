import { randomUUID } from 'node:crypto';
import { constants, readFileSync, realpathSync, renameSync, statSync } from 'node:fs';
import { chmod, chown, copyFile, link, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodePath, fsPath } from '../../bytes';
import { nameBeside } from './nameBeside';

/** A notebook as it was when its execution began. */
export interface IOriginal {
  readonly dataset: string;
  /** Relative to the dataset. */
  readonly notebook: string;
  readonly gitDir: string;
  /** Where it lay, once links were followed. */
  readonly place: string;
  readonly text: Buffer;
}

/** Where a file lies once all links are followed; null where there is none. */
export function placeOf(path: string): string | null {
  try {
    return decodePath(realpathSync(fsPath(path), { encoding: 'buffer' }));
  } catch {
    return null;
  }
}

/** Puts a file in the place of the notebook where that is as it was, else beside it; resolves with its name there, or with null. */
export async function settle(made: string, original: IOriginal): Promise<string | null> {
  const { place } = original;
  const between = await nearby(original);
  try {
    await copyFile(fsPath(made), fsPath(between), constants.COPYFILE_EXCL);
    const stats = await stat(fsPath(place)).catch(() => null);
    if (stats !== null) {
      const { uid, gid } = stats;
      // Who may not give files away may still leave it to its group; that is worth no failure.
      const own = (owner: number): Promise<void> => chown(fsPath(between), owner, gid);
      await own(uid).catch(() => own(-1).catch(() => undefined));
    }
    await chmod(fsPath(between), stats?.mode ?? 0o644);
    return replaceIfSame(between, original) ? null : await putBeside(between, original);
  } finally {
    await rm(fsPath(between), { force: true });
  }
}

/**
 * A name from which a rename leads to the notebook: in the repository, where no save finds what a server that is killed leaves. Beside the
 * notebook only where that is on another file system.
 */
async function nearby({ gitDir, place }: IOriginal): Promise<string> {
  const folder = join(gitDir, 'jupyterlab-datalad');
  // Not with the folders around it: they may be gone, and are not made anew.
  await mkdir(fsPath(folder)).catch(unlessThere);
  return deviceOf(folder) === deviceOf(dirname(place))
    ? join(folder, `executed-${randomUUID()}`)
    : join(dirname(place), `.${randomUUID()}~`);
}

function deviceOf(folder: string): number | undefined {
  return statSync(fsPath(folder), { throwIfNoEntry: false })?.dev;
}

/**
 * Without a pause between the look and the rename: what is saved in one would be lost. A notebook that was locked meanwhile has the same text,
 * but lies in the annex, under a key that says what it holds.
 */
function replaceIfSame(between: string, { dataset, notebook, place, text }: IOriginal): boolean {
  if (placeOf(join(dataset, notebook)) !== place || readNow(place)?.equals(text) !== true) {
    return false;
  }
  renameSync(fsPath(between), fsPath(place));
  return true;
}

/** Null where it cannot be read any more, which is a change, too. */
function readNow(path: string): Buffer | null {
  try {
    return readFileSync(fsPath(path));
  } catch {
    return null;
  }
}

/** Under a name that is free. */
async function putBeside(made: string, { dataset, notebook }: IOriginal): Promise<string> {
  for (let number = 1; ; number++) {
    const name = nameBeside(notebook, number);
    try {
      await appear(made, join(dataset, name));
      return name;
    } catch (error) {
      unlessThere(error);
    }
  }
}

/** As a whole: half of a copy would look like a notebook. Not every file system has hard links. */
async function appear(made: string, path: string): Promise<void> {
  try {
    await link(fsPath(made), fsPath(path));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      throw error;
    }
    await copyFile(fsPath(made), fsPath(path), constants.COPYFILE_EXCL);
  }
}

function unlessThere(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') {
    throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
