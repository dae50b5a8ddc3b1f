import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { decodePath, fsPath } from '../bytes';
import { isAlive, Owner, ourselves } from '../journal/owner';
import type { AbsolutePath } from '../paths';

/** A folder that is not claimed yet may be one of this moment. */
const YOUNG = 60_000;
/** Servers of other machines that share the folder see by it that this one lives. */
const HEARTBEAT = 60_000;
const OWNER = 'owner.json';

/** Does work in a folder of its own below a place that only this user can enter, and deletes it whatever comes. */
export async function inThrowAway<T>(place: string, work: (folder: AbsolutePath) => Promise<T>): Promise<T> {
  await mkdir(place, { recursive: true, mode: 0o700 });
  const folder = (await mkdtemp(join(place, 'work-'))) as AbsolutePath;
  const file = join(folder, OWNER);
  const beat = setInterval(() => {
    const now = new Date();
    void utimes(file, now, now).catch(() => undefined);
  }, HEARTBEAT).unref();
  try {
    await writeFile(file, JSON.stringify(ourselves()), { mode: 0o600 });
    return await work(folder);
  } finally {
    clearInterval(beat);
    await removeAll(folder);
  }
}

/** Deletes what servers that are gone have left at a place; those that live are asked for nothing. */
export async function removeLeftThrowAways(place: string): Promise<void> {
  for (const name of await readdir(place).catch(() => [])) {
    const folder = join(place, name);
    if (await isLeft(folder)) {
      await removeAll(folder);
    }
  }
}

async function isLeft(folder: string): Promise<boolean> {
  const file = join(folder, OWNER);
  const [text, stats] = await Promise.all([
    readFile(file, 'utf8').catch(() => ''),
    stat(file).catch(async () => await stat(folder).catch(() => null))
  ]);
  const owner = ownerOf(text);
  if (stats === null) {
    return false;
  }
  return owner === null ? Date.now() - stats.mtimeMs > YOUNG : !isAlive(owner, stats.mtimeMs);
}

function ownerOf(text: string): Owner | null {
  try {
    const parsed = v.safeParse(Owner, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Deletes a folder with what git-annex has protected in it; links are deleted, and not followed. */
async function removeAll(folder: string): Promise<void> {
  await openUp(folder).catch(() => undefined);
  await rm(fsPath(folder), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function openUp(folder: string): Promise<void> {
  await chmod(fsPath(folder), 0o700);
  for (const entry of await readdir(fsPath(folder), { withFileTypes: true, encoding: 'buffer' })) {
    if (entry.isDirectory()) {
      await openUp(join(folder, decodePath(entry.name)));
    }
  }
}
