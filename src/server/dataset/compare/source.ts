import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { fsPath } from '../../bytes';
import { damaged } from '../../git/damage';
import { readBlobs } from '../../git/objects';
import { FailureError } from '../../../protocol/failure';
import type { Repository } from '../repository';

/** Where the bytes of one side are. */
export type Source =
  | { readonly type: 'blob'; readonly oid: string; readonly bytes: number }
  /** A file of the work tree, or the content of a key in the annex. */
  | { readonly type: 'file'; readonly path: string; readonly bytes: number };

/** The first bytes of a source, at most `most`. A link in the place of the file is not followed, and a pipe not waited for. */
export async function readSource(
  { git }: Repository,
  source: Source,
  { most, signal }: { most: number; signal?: AbortSignal }
): Promise<Buffer> {
  if (source.type === 'blob') {
    const blob = (await readBlobs(git, [source.oid], signal)).get(source.oid);
    if (blob === undefined) {
      throw new FailureError(damaged('objects', `missing blob object ${source.oid}`));
    }
    return blob.subarray(0, most);
  }
  const file = await open(fsPath(source.path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = await file.stat();
    const buffer = Buffer.alloc(stats.isFile() ? Math.min(most, stats.size) : 0);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < buffer.length; filled += read) {
      read = (await file.read(buffer, filled, buffer.length - filled, filled)).bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await file.close();
  }
}
