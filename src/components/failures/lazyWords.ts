import type { IFailureWords } from './wording';
import type { failureWords } from './words';

/**
 * What `failureWords` says; the words are loaded with the first failure. Where the Jupyter server that has them is what cannot be
 * reached, they are the failure's own.
 */
export async function loadedFailureWords(...[failure, context]: Parameters<typeof failureWords>): Promise<IFailureWords> {
  try {
    return (await import('./words')).failureWords(failure, context);
  } catch {
    return { title: failure.message, text: failure.hint ?? '' };
  }
}
