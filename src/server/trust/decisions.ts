import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { fail } from '../../protocol/failure';
import { fileFailure } from '../fileFailure';
import { digestOf } from './hooks';

/** What a decision holds for: one repository at one place, with the settings that were shown. */
export interface ISubject {
  /** Real path of the work tree, or of a bare repository. */
  path: string;
  /** Device and inode of the repository's folder: an archive unpacked at the same place is another one. */
  identity: string;
  fingerprint: string;
}

const Decision = v.object({ path: v.string(), identity: v.string(), fingerprint: v.string(), granted: v.number() });

/**
 * What the user trusts, outside of any dataset: one file for each, so that two servers never write over each other. Anything that
 * cannot be read counts as not trusted.
 */
export class Decisions {
  constructor(private readonly folder: string) {}

  /** Whether just these settings of this very repository are trusted. */
  async has({ path, identity, fingerprint }: ISubject): Promise<boolean> {
    const text = await readFile(this.fileOf(path), 'utf8').catch(() => null);
    const decision = text === null ? null : v.safeParse(Decision, parse(text));
    return (
      decision?.success === true &&
      decision.output.path === path &&
      decision.output.identity === identity &&
      decision.output.fingerprint === fingerprint
    );
  }

  /** Remembers a decision; fails with `permission-denied` or `no-space` where there is no place to keep it. */
  async grant(subject: ISubject): Promise<void> {
    const file = this.fileOf(subject.path);
    const draft = `${file}.${randomUUID()}`;
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeFile(draft, JSON.stringify({ ...subject, granted: Date.now() }), { mode: 0o600, flag: 'wx', flush: true });
      await rename(draft, file);
    } catch (error) {
      await unlink(draft).catch(() => undefined);
      const kind = fileFailure(error)?.kind === 'no-space' ? 'no-space' : 'permission-denied';
      fail(kind, 'There is no place to remember what you trust.', {
        hint: 'Your home folder must be writable, and have space left.',
        detail: String(error)
      });
    }
  }

  /** Forgets a decision; nothing happens where there is none. */
  async revoke(path: string): Promise<void> {
    await unlink(this.fileOf(path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') {
        throw error;
      }
    });
  }

  private fileOf(path: string): string {
    return join(this.folder, `${digestOf(path).slice(0, 32)}.json`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
