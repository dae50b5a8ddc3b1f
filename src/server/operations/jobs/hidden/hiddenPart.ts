import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyReader } from '../../../annex/keys';
import { fsPath } from '../../../bytes';
import { findRepositoryFolder } from '../../../git/repositoryFolder';
import { type IHidingBranch, readHiddenEntries, readHidingBranch } from '../../../dataset/hidden/hiddenEntries';
import { datasetAround } from '../datasetAround';
import { type IAnnexedFile, type IPart, readParts } from '../withoutDatalad/part';
import { exists } from '../../../exists';
import { isWithin } from '../../../nesting';

/** What a job is to work on in one dataset whose branch hides files without content. */
export interface IHiddenPart {
  readonly part: IPart;
  readonly branch: IHidingBranch;
  /** All files that the branch hides. */
  readonly all: readonly IAnnexedFile[];
  /** Those of them at or below the paths. */
  readonly files: readonly IAnnexedFile[];
}

interface IOptions {
  env: Record<string, string>;
  signal: AbortSignal;
  recursive?: boolean;
}

/** The datasets around and, when recursive, below paths whose branch hides files; none in ordinary ones, at the cost of a look at HEAD. */
export async function readHiddenParts(paths: readonly string[], options: IOptions): Promise<IHiddenPart[]> {
  const roots = [...new Set(paths.map(datasetAround))];
  const hiding = await Promise.all(roots.map(isHiding));
  const nested = options.recursive === true && roots.some(root => exists(join(root, '.gitmodules')));
  if (!hiding.includes(true) && !nested) {
    return [];
  }
  const parts = await readParts(paths, options);
  const found = await Promise.all(parts.map(part => readHiddenPart(part, options.signal)));
  return found.filter(part => part !== null);
}

async function readHiddenPart(part: IPart, signal: AbortSignal): Promise<IHiddenPart | null> {
  const { git, folder } = part.workTree;
  const branch = await readHidingBranch(git);
  if (branch === null) {
    return null;
  }
  const entries = await readHiddenEntries(git, branch, signal);
  const keys = new KeyReader(git);
  await keys.load(entries, signal);
  const all = entries.flatMap(entry => {
    const key = keys.of(entry);
    return key === null ? [] : [{ entry, key, path: join(folder, entry.path) }];
  });
  return { part, branch, all, files: all.filter(({ path }) => part.paths.some(wanted => isWithin(path, wanted))) };
}

/** By the name of the branch alone. */
async function isHiding(root: string): Promise<boolean> {
  const folder = await findRepositoryFolder(root);
  const head = folder === null ? '' : await readFile(fsPath(join(folder.gitDir, 'HEAD')), 'latin1').catch(() => '');
  return /^ref: refs\/heads\/adjusted\/.*\([^()]*hidemissing[^()]*\)$/su.test(head.trimEnd());
}
