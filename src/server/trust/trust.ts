import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { Trust } from '../../protocol/trust';
import { decodePath, fsPath } from '../bytes';
import { fileStamp } from '../fileStamp';
import { findRepositoryFolder, type IRepositoryFolder } from '../git/repositoryFolder';
import { stateFolder } from '../stateFolder';
import { Decisions, type ISubject } from './decisions';
import { stampFiles } from './hooks';
import { providersFolder } from './providers';
import { type IScan, scan, settingsFiles } from './scan';

/** A repository with what was found in it and what the user said to that. */
export interface ILook {
  readonly root: string;
  readonly scan: IScan;
  /** Null where nothing was found that could run. */
  readonly trust: Trust | null;
}

/** Repositories whose scan is remembered. */
const KEPT = 5_000;
/** How old an answer for mere reading may be, in milliseconds: those run nothing either way. */
const READING_AGE = 1_000;

interface IKnown {
  scan: IScan;
  stamp: string;
}

/**
 * Says of repositories whether their own settings could run programs, and whether the user trusts these. Scans are remembered by the
 * identity and times of all files they read, so that a look costs a few calls of the file system.
 */
export class TrustKeeper {
  private readonly known = new LRUCache<string, IKnown>({ max: KEPT });
  private readonly recent = new LRUCache<string, Promise<Trust | null>>({ max: KEPT, ttl: READING_AGE });
  private readonly decisions: Decisions;

  constructor(private readonly env: Readonly<Record<string, string>>) {
    this.decisions = new Decisions(stateFolder('trust', env));
  }

  /** For views: may be a second old. */
  async trustOf(root: string, folder: IRepositoryFolder): Promise<Trust | null> {
    const recent = this.recent.get(root);
    if (recent !== undefined) {
      return await recent;
    }
    const trust = this.look(root, folder).then(look => look.trust);
    this.recent.set(root, trust);
    trust.catch(() => this.recent.delete(root));
    return await trust;
  }

  /** As it is now; null where there is no repository. Finds the folder of the repository unless told. */
  async lookAt(root: string): Promise<ILook | null> {
    const folder = await findRepositoryFolder(root);
    return folder === null ? null : await this.look(root, folder);
  }

  /** As it is now. */
  async look(root: string, folder: IRepositoryFolder): Promise<ILook> {
    const found = await this.scan(root, folder);
    if (found.settings.length === 0) {
      return { root, scan: found, trust: null };
    }
    const granted = await this.decisions.has(await subjectOf(root, folder, found));
    return { root, scan: found, trust: granted ? 'granted' : 'untrusted' };
  }

  /** Trusts what a look found: nothing else that may be there by now. */
  async grant({ root, scan: found }: ILook, folder: IRepositoryFolder): Promise<void> {
    await this.decisions.grant(await subjectOf(root, folder, found));
    this.recent.clear();
  }

  /** Takes trust back. */
  async revoke(root: string): Promise<void> {
    await this.decisions.revoke(await realOf(root));
    this.recent.clear();
  }

  private async scan(root: string, folder: IRepositoryFolder): Promise<IScan> {
    const known = this.known.get(root);
    const files = known?.scan.files ?? settingsFiles(folder);
    // Taken before anything is read: what changes meanwhile is read again next time.
    const stamp = await stampAll(root, folder, files);
    if (known?.stamp === stamp) {
      return known.scan;
    }
    const found = await scan({ root, folder, env: this.env });
    this.known.set(root, { scan: found, stamp: found.files.join('\0') === files.join('\0') ? stamp : '' });
    return found;
  }
}

/** What changes whenever a scan could find something else. */
async function stampAll(root: string, folder: IRepositoryFolder, files: readonly string[]): Promise<string> {
  const paths = [root, join(root, '.git'), folder.gitDir, ...files];
  const folders = [join(folder.commonDir, 'hooks'), providersFolder(root)];
  return (await Promise.all([...folders.map(stampFiles), ...paths.map(fileStamp)])).join('\n');
}

async function subjectOf(root: string, folder: IRepositoryFolder, { fingerprint }: IScan): Promise<ISubject> {
  const { dev, ino } = await stat(fsPath(folder.gitDir), { bigint: true });
  return { path: await realOf(root), identity: `${dev} ${ino}`, fingerprint };
}

async function realOf(path: string): Promise<string> {
  return decodePath(await realpath(fsPath(path), { encoding: 'buffer' }));
}
