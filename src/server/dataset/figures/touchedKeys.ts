import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { keyOfFileName } from '../../annex/hashDirectory';
import { decodePath, fsPath } from '../../bytes';
import { readRefFile } from '../../git/refFile';
import { readRefs } from '../../git/refs';
import { changedPaths } from '../../git/treeDiff';
import type { Repository } from '../repository';

const BRANCH = 'refs/heads/git-annex';
/** With more of them it is quicker to look at everything again. */
const MANY = 20_000;

/** The key whose location log a file is, by its name: `cfe_c0c_KEY.log` in the journal, `cfe/c0c/KEY.log` in the branch. */
export function keyOfLog(path: string): string | null {
  const [, inJournal, name] = /^([0-9a-f]{3}_[0-9a-f]{3}_)?(.+)\.log$/s.exec(basename(path)) ?? [];
  if (name === undefined || !name.includes('--')) {
    return null;
  }
  // The journal doubles the `_` of names, since it writes `_` for slashes.
  return keyOfFileName(inJournal === undefined ? name : name.replaceAll('__', '_'));
}

/** Remembers where the git-annex branch stood and tells which keys' locations were written since. */
export class TouchedKeys {
  private commit: string | undefined;

  constructor(private readonly repository: Repository) {}

  /** From now on counts; call before the content itself is looked at. */
  async start(): Promise<void> {
    this.commit = await this.current();
  }

  /** Keys that came or went since the last call, some of them long before; null when that cannot be told. */
  async next(): Promise<Set<string> | null> {
    const before = this.commit;
    const now = await this.current();
    this.commit = now;
    const [journal, branch] = await Promise.all([this.journal(), this.branch(before, now)]);
    if (branch === null || branch.length + journal.length > MANY) {
      return null;
    }
    return new Set([...journal, ...branch].map(keyOfLog).filter(key => key !== null));
  }

  private async current(): Promise<string | undefined> {
    const { folder, git } = this.repository;
    return (await readRefFile(folder, BRANCH)) ?? (await readRefs(git, [BRANCH])).get(BRANCH);
  }

  private async branch(before: string | undefined, now: string | undefined): Promise<string[] | null> {
    if (before === now || now === undefined) {
      return [];
    }
    if (before === undefined) {
      return null;
    }
    return await changedPaths(this.repository.git, before, now);
  }

  private async journal(): Promise<string[]> {
    const { annexDir } = this.repository.store;
    const folders = ['journal', 'journal-private'].map(name => join(annexDir, name));
    // Missing where git-annex never wrote one.
    const names = await Promise.all(folders.map(folder => readdir(fsPath(folder), { encoding: 'buffer' }).catch(() => [])));
    return names.flat().map(name => decodePath(name));
  }
}
