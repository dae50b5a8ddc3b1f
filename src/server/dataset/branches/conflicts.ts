import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Conflict } from '../../../protocol/branches';
import type { ContentsPath } from '../../../protocol/paths';
import { displayName, fsPath } from '../../bytes';
import { GITLINK, type IGitEntry, isRegular, parseIndex, SYMLINK } from '../../git/entry';
import { unfinishedIn } from '../../git/unfinished';
import { mapLimited } from '../../mapLimited';
import { readRegular } from '../../regularFile';
import type { Repository } from '../repository';

/** The versions of a file in conflict: what both sides had before, mine, and theirs. */
export interface IConflictStages {
  readonly path: string;
  readonly mine: IGitEntry | null;
  readonly theirs: IGitEntry | null;
}

/** Longer files are not searched for git's marks. */
const LONGEST = 4 * 1024 * 1024;
const MARKS = /^(?:<{7} |={7}$|>{7} )/mu;

/** Reads `git ls-files -u -z`: an entry for each version that there is. */
export function parseConflicts(output: Uint8Array): IConflictStages[] {
  const found = new Map<string, IConflictStages>();
  for (const entry of parseIndex(output)) {
    const known = found.get(entry.path) ?? { path: entry.path, mine: null, theirs: null };
    found.set(entry.path, { ...known, ...(entry.stage === 2 ? { mine: entry } : entry.stage === 3 ? { theirs: entry } : {}) });
  }
  return [...found.values()];
}

/** The files that are in conflict, and how each side has them. */
export async function readConflicts(
  repository: Repository,
  { toContents, signal }: { toContents(relative: string): ContentsPath; signal: AbortSignal }
): Promise<Conflict[]> {
  const conflicts = parseConflicts(await repository.git.read(['ls-files', '-u', '-z'], { signal }));
  const sides = conflicts.flatMap(({ mine, theirs }) => [mine, theirs]).filter(entry => entry !== null);
  await repository.keys.load(sides, signal);
  const kindOf = (entry: IGitEntry | null): Conflict['mine'] =>
    entry === null
      ? null
      : entry.mode === GITLINK
        ? 'dataset'
        : repository.keys.of(entry) !== null
          ? 'annex'
          : entry.mode === SYMLINK
            ? 'link'
            : 'git';
  const left = await leftAt(repository);
  return await mapLimited(conflicts, 8, async ({ path, mine, theirs }) => {
    const file = join(repository.root, path);
    return {
      path: toContents(path),
      name: displayName(path),
      mine: kindOf(mine),
      theirs: kindOf(theirs),
      ...((await isEdited(file, left)) ? { edited: true as const } : {}),
      ...([mine, theirs].some(entry => entry !== null && isRegular(entry.mode)) && (await isMarked(file))
        ? { marked: true as const }
        : {})
    };
  });
}

/** Whether git's marks stand in a file. */
export async function isMarked(file: string): Promise<boolean> {
  const content = await readRegular(file, LONGEST);
  return content !== null && MARKS.test(content.toString('latin1'));
}

/** When git had left the files in conflict, which it notes behind them; null where that is not known. */
export async function leftAt({ folder }: Pick<Repository, 'folder'>): Promise<bigint | null> {
  const sign = unfinishedIn(folder.gitDir)?.sign;
  const stats = sign === undefined ? null : await lstat(fsPath(sign), { bigint: true }).catch(() => null);
  return stats?.mtimeNs ?? null;
}

/** Whether a file may have been changed since; one that is not there was not. */
export async function isEdited(file: string, left: bigint | null): Promise<boolean> {
  const stats = await lstat(fsPath(file), { bigint: true }).catch(() => null);
  return stats !== null && !stats.isDirectory() && (left === null || stats.mtimeNs > left);
}
