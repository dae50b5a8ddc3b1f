import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { fsPath } from './bytes';

/** Read at one time. */
const PART = 1 << 20;

interface IHashOptions {
  /** Goes before the content. */
  prefix?: string;
  signal?: AbortSignal;
  /** Told how many more bytes were read. */
  onBytes?(bytes: number): void;
}

/** The hash of a regular file in hexadecimal digits; null of anything else: a pipe would never end. `hash`: as node:crypto calls it. */
export async function hashFile(
  path: string,
  hash: string,
  { prefix = '', signal, onBytes }: IHashOptions = {}
): Promise<string | null> {
  const file = await open(fsPath(path), constants.O_RDONLY | constants.O_NONBLOCK);
  if (!(await file.stat()).isFile()) {
    await file.close();
    return null;
  }
  const digest = createHash(hash).update(prefix);
  // The stream closes the file, also where it is left early.
  for await (const part of file.createReadStream({ signal, highWaterMark: PART })) {
    digest.update(part as Buffer);
    onBytes?.((part as Buffer).length);
  }
  return digest.digest('hex');
}
