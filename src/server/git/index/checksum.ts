import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FailureError } from '../../../protocol/failure';
import { readRegular } from '../../regularFile';
import { Turns } from '../../turns';
import { damaged } from '../damage';

/** Kinds of checksum an index may end with, by its length: that of the repository's object format. */
const KINDS = [
  { kind: 'sha1', length: 20 },
  { kind: 'sha256', length: 32 }
] as const;

/** Bytes hashed in about a millisecond. */
const PART = 1 << 20;

/** `none`: git left it out, by `index.skipHash`; `wrong`: the file is not what git wrote. */
export type Checksum = (typeof KINDS)[number]['kind'] | 'none' | 'wrong';

/**
 * Looks at the checksum of an index. Git believes one whose checksum is wrong: of an index that was cut off it reads that all other
 * files were deleted.
 */
export async function checksumOf(bytes: Buffer): Promise<Checksum> {
  for (const { kind, length } of KINDS) {
    const end = bytes.subarray(-length);
    if (bytes.length <= length) {
      return 'wrong';
    }
    if (end.every(byte => byte === 0)) {
      return 'none';
    }
    if (end.equals(await digest(kind, bytes.subarray(0, -length)))) {
      return kind;
    }
  }
  return 'wrong';
}

/** In parts: an index may have a hundred megabytes. Web Crypto would do it beside the main thread, but takes more than twice as long. */
async function digest(algorithm: string, bytes: Buffer): Promise<Buffer> {
  const hash = createHash(algorithm);
  const turns = new Turns();
  for (let at = 0; at < bytes.length; at += PART) {
    hash.update(bytes.subarray(at, at + PART));
    if (turns.due()) {
      await turns.give();
    }
  }
  return hash.digest();
}

/** Fails with `damaged-repository` when the index in a git folder is not what git wrote; none at all is sound. */
export async function verifyIndex(gitDir: string): Promise<void> {
  const path = join(gitDir, 'index');
  const bytes = await readRegular(path);
  if (bytes !== null && (await checksumOf(bytes)) === 'wrong') {
    throw wrongChecksum(path);
  }
}

/** What is said of an index whose checksum is wrong. */
export function wrongChecksum(path: string): FailureError {
  return new FailureError(damaged('index', `${path}: bad checksum`));
}
