import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** Hash of what a path leads to. */
export async function sha256(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
