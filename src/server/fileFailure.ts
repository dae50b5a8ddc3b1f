import { type Failure, FailureError, type FailureKind } from '../protocol/failure';

/** What the codes of the operating system mean; the others are bugs of ours or of the disk. */
const OF_CODE: Readonly<Record<string, readonly [kind: FailureKind, message: string, hint: string]>> = {
  EACCES: ['permission-denied', 'You may not read or write there.', 'Ask the owner of the folder.'],
  EPERM: ['permission-denied', 'You may not read or write there.', 'Ask the owner of the folder.'],
  EROFS: ['read-only', 'The file system is read-only.', 'Work in a clone of your own.'],
  ENOSPC: ['no-space', 'There is not enough free space.', 'Free some, then try again.'],
  EDQUOT: ['no-space', 'Your quota is used up.', 'Free some space, then try again.'],
  EFBIG: ['no-space', 'A file may not be that large here.', 'Ask who runs this Jupyter for the limit of file sizes.'],
  ENOENT: ['not-found', 'There is nothing at this path.', 'It may have been moved or deleted.'],
  ENOTDIR: ['not-found', 'There is nothing at this path.', 'It may have been moved or deleted.'],
  // Nothing can be there.
  ENAMETOOLONG: [
    'not-found',
    'There is nothing at this path: it is longer than a path may be here.',
    'Look for it by a shorter path.'
  ],
  ELOOP: ['not-found', 'A link leads to itself.', 'Delete the link.'],
  EIO: ['damaged-content', 'The disk could not be read.', 'Copy what you need to another disk.']
};

/** The failure that a rejected call of node:fs stands for; null for what is no such thing. */
export function fileFailure(error: unknown): Failure | null {
  if (!isCoded(error)) {
    return null;
  }
  const known = OF_CODE[error.code];
  if (known === undefined) {
    return null;
  }
  const [kind, message, hint] = known;
  return {
    kind,
    message,
    hint,
    detail: error.message,
    ...(error.code === 'EFBIG' ? { parameters: { limit: 'file-size' } } : {})
  };
}

/** The expected failure that an error is or stands for; null for a bug. */
export function knownFailure(error: unknown): Failure | null {
  return error instanceof FailureError ? error.failure : fileFailure(error);
}

/** By its shape: under test the errors of node:fs are of another realm's class. */
function isCoded(error: unknown): error is { code: string; message: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    'message' in error &&
    typeof error.message === 'string'
  );
}
