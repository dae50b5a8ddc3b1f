import type { TranslationBundle } from '@jupyterlab/translation';
import { failureWords } from '../../components/failures/words';
import type { IOutcome } from '../../tokens';

/** What to tell of work that failed before any job was started; null where a job's own notification tells, or nothing failed. */
export function failureText({ status, jobs, failure }: IOutcome, trans: TranslationBundle): string | null {
  if (status !== 'error' || jobs.length > 0 || failure === undefined) {
    return null;
  }
  const { title, text } = failureWords(failure, { trans, names: [] });
  return [title, text].filter(part => part !== '').join(' ');
}
