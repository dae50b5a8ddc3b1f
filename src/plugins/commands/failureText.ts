import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { loadedFailureWords } from '../../components/failures/lazyWords';
import type { IOutcome } from '../../tokens';

/** What to tell of work that failed before any job was started; null where a job's own notification tells, or nothing failed. */
export async function failureText({ status, jobs, failure }: IOutcome, trans: TranslationBundle): Promise<string | null> {
  if (status !== 'error' || jobs.length > 0 || failure === undefined) {
    return null;
  }
  const { title, text } = await loadedFailureWords(failure, { trans, names: [] });
  return [title, text].filter(part => part !== '').join(' ');
}

/** Tells a person of such a failure, and hands the outcome on. */
export async function tellFailure(outcome: IOutcome, trans: TranslationBundle): Promise<IOutcome> {
  const text = await failureText(outcome, trans);
  if (text !== null) {
    Notification.error(text, { autoClose: 20_000 });
  }
  return outcome;
}
