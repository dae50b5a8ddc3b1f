import { stat } from 'node:fs/promises';
import { fsPath } from './bytes';

/** Identity and times of a file, of what it links to; the time of change cannot be set by anybody. Of one that is not there: why. */
export async function fileStamp(path: string): Promise<string> {
  return await stat(fsPath(path), { bigint: true }).then(
    ({ dev, ino, size, mode, mtimeNs, ctimeNs }) => [dev, ino, size, mode, mtimeNs, ctimeNs].join(' '),
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown'
  );
}
