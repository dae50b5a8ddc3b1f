/**
 * Waits for all of several checks that run side by side. It fails as the first in their order did, not as the quickest: what is wrong
 * twice is told the same way each time, and nothing is left running behind a failure.
 */
export async function together(checks: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(checks);
  const failed = ends.find(end => end.status === 'rejected');
  if (failed !== undefined) {
    throw failed.reason;
  }
}
