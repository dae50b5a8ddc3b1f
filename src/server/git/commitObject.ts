import { isUtf8 } from 'node:buffer';
import type { IGitObject } from './looseObjects';

/** What is read of a commit without git. */
export interface ICommitObject {
  parents: string[];
  message: string;
}

/**
 * Reads a commit as git stores it: lines of headers, an empty one, the message. Null of other objects, and of messages in an encoding
 * other than UTF-8, which git would convert.
 */
export function parseCommit(object: IGitObject | null): ICommitObject | null {
  const end = object?.type === 'commit' ? object.content.indexOf('\n\n') : -1;
  if (object === null || end < 0) {
    return null;
  }
  const headers = object.content.toString('latin1', 0, end).split('\n');
  const message = object.content.subarray(end + 2);
  if (headers.some(line => line.startsWith('encoding ')) || !isUtf8(message)) {
    return null;
  }
  const parents = headers.filter(line => line.startsWith('parent ')).map(line => line.slice('parent '.length));
  return { parents, message: message.toString() };
}
