import type { Failure } from '../../protocol/failure';
import { knownFailure } from '../fileFailure';

/** What a read brought, or why it brought nothing. */
export type Attempt<T> = { readonly value: T; readonly failure: null } | { readonly value: null; readonly failure: Failure };

/**
 * Lets a part that cannot be read stand beside the others. What ends the whole request, a cancel or a bug, is passed on; another owner,
 * too, since git then reads nothing at all.
 */
export async function attempt<T>(work: Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await work, failure: null };
  } catch (error) {
    const failure = knownFailure(error);
    if (failure === null || failure.kind === 'cancelled' || failure.kind === 'other-owner') {
      throw error;
    }
    return { value: null, failure };
  }
}
