import { constants, type BigIntStats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fsPath } from './bytes';

/**
 * Opens a file for reading; null when there is none that can be read, or something else is in its place: a pipe, which a dataset from
 * elsewhere may hold under any name, would keep one of the few threads waiting for ever.
 */
export async function openRegular(path: string): Promise<{ file: FileHandle; stats: BigIntStats } | null> {
  const file = await open(fsPath(path), constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  if (file === null) {
    return null;
  }
  const stats = await file.stat({ bigint: true }).catch(() => null);
  if (stats?.isFile() === true) {
    return { file, stats };
  }
  await file.close();
  return null;
}

/** The same, read as a whole; null also where it has more bytes than `most`, and where reading fails. */
export async function readRegular(path: string, most = Infinity): Promise<Buffer | null> {
  const opened = await openRegular(path);
  if (opened === null) {
    return null;
  }
  const { file, stats } = opened;
  try {
    return stats.size > most ? null : await readWhole(file, Number(stats.size));
  } catch {
    return null;
  } finally {
    // Nobody needs to wait for it.
    file.close().catch(() => undefined);
  }
}

/** Most files are read in one step: each waits for a thread, which on a busy machine takes longer than the reading. */
async function readWhole(file: FileHandle, size: number): Promise<Buffer> {
  // One byte more tells whether it has grown since.
  const buffer = Buffer.allocUnsafe(size + 1);
  const { bytesRead } = await file.read(buffer);
  const start = buffer.subarray(0, bytesRead);
  return bytesRead === size && size > 0 ? start : Buffer.concat([start, await file.readFile()]);
}
