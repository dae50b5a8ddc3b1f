import { lstat, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'jupyterlab-datalad-ask-';
const CONTENT = ['askpass', 'socket'];
/** A worker that starts at this moment has made its folder and does not listen yet. */
const YOUNG = 60_000;

/** Deletes the temporary folders of workers that were killed: those of this user on whose socket nobody listens. */
export async function removeAskFolders(place = tmpdir()): Promise<void> {
  const names = (await readdir(place)).filter(name => name.startsWith(PREFIX));
  await Promise.all(names.map(name => removeDead(join(place, name)).catch(() => undefined)));
}

async function removeDead(folder: string): Promise<void> {
  const stats = await lstat(folder);
  const content = stats.isDirectory() && stats.uid === process.getuid?.() ? await readdir(folder) : null;
  if (content === null || content.some(name => !CONTENT.includes(name)) || Date.now() - stats.mtimeMs < YOUNG) {
    return;
  }
  if (!(await listens(join(folder, 'socket')))) {
    await rm(folder, { recursive: true, force: true });
  }
}

function listens(socket: string): Promise<boolean> {
  return new Promise(resolve => {
    const connection = connect(socket);
    connection.once('connect', () => {
      connection.destroy();
      resolve(true);
    });
    connection.once('error', (error: NodeJS.ErrnoException) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(error.code ?? '')));
  });
}
