import type { TranslationBundle } from '@jupyterlab/translation';
import { formatDuration } from '../format';

const DAY = 86_400_000;
/** Older than this, a date says more. */
const RECENT = 60 * DAY;

/** How long ago something was, `2 h ago`; of what is old, or lies in the future by a wrong clock, its date. */
export function formatAge(time: number | null, now: number, trans: TranslationBundle): string {
  if (time === null) {
    return trans.__('date unknown');
  }
  const age = now - time;
  return age >= 0 && age < RECENT
    ? trans.__('%1 ago', formatDuration(age, trans))
    : new Date(time).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** Date and time in full, in the browser's language. */
export function formatMoment(time: number | null, trans: TranslationBundle): string {
  return time === null
    ? trans.__('date unknown')
    : new Date(time).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'short' });
}
