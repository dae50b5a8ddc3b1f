import { decodePath } from '../bytes';
import { keyOfFileName } from './hashDirectory';
import { parseKey } from './key';

const POINTER_START = Buffer.from('/annex/objects/');
/** Longer blobs are content: a pointer is one line with a key, at most a little more. */
export const POINTER_MAX = 1_024;
/** Linux's PATH_MAX. */
const LINK_MAX = 4_096;
const LINK = /(?:^|\/)\.git\/(?:.*\/)?annex\/objects\/(?:[^/]+\/){0,3}([^/]+)$/s;

/** What nearly all links look like, told at a third of the time: keys with a size and nothing that is written in another way. */
const USUAL_LINK = /^(?:\.\.\/)*\.git\/annex\/objects\/..\/..\/([A-Z0-9_]+-s\d+--[^/%&]+)\/\1$/;

/** The key in the text of a pointer file, which stands for an unlocked file's content; null for any other text. */
export function keyOfPointer(content: Buffer): string | null {
  if (content.length > POINTER_MAX || !content.subarray(0, POINTER_START.length).equals(POINTER_START)) {
    return null;
  }
  const line = decodePath(content).split('\n', 1)[0] ?? '';
  const name = line.slice(POINTER_START.length).replace(/\r$/, '');
  return keyOfFile(name);
}

/** The key in the target of a locked file's link; null for any other link. Git keeps submodules in `.git/modules/…`. */
export function keyOfLink(target: string): string | null {
  // No file system has a longer one, but a commit may.
  if (target.length > LINK_MAX) {
    return null;
  }
  const usual = USUAL_LINK.exec(target)?.[1];
  if (usual !== undefined) {
    return usual;
  }
  const name = LINK.exec(target)?.[1];
  return name === undefined ? null : keyOfFile(name);
}

function keyOfFile(name: string): string | null {
  const key = name.includes('/') ? '' : keyOfFileName(name);
  return parseKey(key) === null ? null : key;
}
