import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fail } from '../../../protocol/failure';
import { NO_FILE } from '../../../protocol/rules';
import { decodePath, fsPath } from '../../bytes';
import { exists } from '../../exists';
import { isWithin } from '../../nesting';
import type { AbsolutePath } from '../../paths';
import { readRegular } from '../../regularFile';

export const ATTRIBUTES = '.gitattributes';
/** A longer one was not written by people. */
const LARGEST = 1_000_000;

/** A `.gitattributes` as it is on the disk. */
export interface IRulesText {
  /** As `decodePath` makes it, from which the bytes can be made again. */
  readonly text: string;
  readonly fingerprint: string;
  /** Null where there is no file. */
  readonly mode: number | null;
}

/** Fails unless a path can be that of a file of rules in a dataset. */
export function requireRulesFile(file: AbsolutePath, root: AbsolutePath): void {
  const inside = isWithin(dirname(file), root) && !isWithin(file, join(root, '.git'));
  if (basename(file) !== ATTRIBUTES || !inside || hasRepository(dirname(file), root)) {
    fail('outside-root', 'This is no .gitattributes of this dataset.');
  }
}

/** Whether a folder is, or lies in, a dataset of its own below the root. */
function hasRepository(folder: string, root: string): boolean {
  return folder !== root && (exists(join(folder, '.git')) || hasRepository(dirname(folder), root));
}

/** Reads it, through no link: git does not follow one here, and it may lead anywhere. */
export async function readRulesText(file: AbsolutePath): Promise<IRulesText> {
  const stats = await lstat(fsPath(file)).catch(() => null);
  if (stats === null) {
    return { text: '', fingerprint: NO_FILE, mode: null };
  }
  if (!stats.isFile()) {
    fail('bad-request', 'The file .gitattributes is a link or a folder, which git does not read.', {
      hint: 'Unlock it, or put a file of text in its place.'
    });
  }
  const content = await readRegular(file, LARGEST);
  if (content === null) {
    fail('bad-request', 'The file .gitattributes cannot be read, or is larger than a megabyte.', {
      hint: 'Open it in a text editor.'
    });
  }
  if (content.includes(0)) {
    fail('bad-request', 'The file .gitattributes is no text: it holds bytes that no text has.', {
      hint: 'Restore an earlier version of it.'
    });
  }
  return { text: decodePath(content), fingerprint: fingerprintOf(content), mode: stats.mode & 0o777 };
}

export function fingerprintOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
