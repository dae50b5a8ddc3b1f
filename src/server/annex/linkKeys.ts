import { FailureError } from '../../protocol/failure';
import { decodePath } from '../bytes';
import { SYMLINK } from '../git/entry';
import { parseBatch } from '../git/objects';
import type { GitReader } from '../git/reader';
import { Turns } from '../turns';
import { KeyReader } from './keys';
import { keyOfLink } from './pointer';

/** The keys that links stand for, in the order of their blobs: null for links to elsewhere, undefined for blobs that cannot be read. */
export async function keysOfLinks(git: GitReader, oids: readonly string[]): Promise<(string | null | undefined)[]> {
  if (oids.length === 0) {
    return [];
  }
  try {
    const input = `${oids.join('\n')}\n`;
    const output = await git.read(['cat-file', '--batch', '--buffer'], { input });
    const keys: (string | null | undefined)[] = [];
    const turns = new Turns();
    for (const [oid, target] of parseBatch(output)) {
      // Blobs that are missing are left out of what is read here; all others come in the order they were asked for.
      while (keys.length < oids.length && oids[keys.length] !== oid) {
        keys.push(undefined);
      }
      keys.push(keyOfLink(decodePath(target)));
      if (turns.due()) {
        await turns.give();
      }
    }
    keys.length = oids.length;
    return keys;
  } catch (error) {
    if (!(error instanceof FailureError) || error.failure.kind === 'cancelled') {
      throw error;
    }
    return await oneByOne(git, oids);
  }
}

/** Git gives up at the first blob that is damaged, or was left out of a partial clone; the reader of keys finds which ones are. */
async function oneByOne(git: GitReader, oids: readonly string[]): Promise<(string | null | undefined)[]> {
  const reader = new KeyReader(git);
  const blobs = oids.map(oid => ({ mode: SYMLINK, oid }));
  await reader.load(blobs);
  return blobs.map(blob => (reader.lacks(blob) ? undefined : reader.of(blob)));
}
