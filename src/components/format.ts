import type { TranslationBundle } from '@jupyterlab/translation';
import type { Amount } from '../protocol/dataset';
import { formatSize } from '../protocol/size';

/** Two sizes, in one unit where that leaves something of the first: `0.5 of 1.2 GB`, but `3.1 MB of 1.2 GB`. */
export function formatPart(part: number, whole: number, trans: TranslationBundle): string {
  return trans.__('%1 of %2', inUnitOf(part, whole), formatSize(whole));
}

/** The number alone, in the unit of the whole, where that leaves something of it; else the size. */
function inUnitOf(part: number, whole: number): string {
  const scaled = whole > 0 ? ((part / whole) * parseFloat(formatSize(whole))).toFixed(1) : '0';
  return part > 0 && parseFloat(scaled) === 0 ? formatSize(part) : String(parseFloat(scaled));
}

/** The same for a narrow column, `3.1 / 20 MB`: no more digits than tell something, and one size where all of it is here. */
export function formatShare(part: number, whole: number, trans: TranslationBundle): string {
  if (part >= whole) {
    return rounded(formatSize(whole));
  }
  // Thin spaces around the stroke.
  return trans.__('%1 / %2', rounded(inUnitOf(part, whole)), rounded(formatSize(whole))).replace(' / ', '\u2009/\u2009');
}

/** From ten on without decimals. */
function rounded(size: string): string {
  return size.replace(/^\d{2,}\.\d+/, number => String(Math.round(Number(number))));
}

/** A number with the marks of thousands of the browser's language. */
export function formatCount(count: number): string {
  return count.toLocaleString();
}

/** The bytes of an amount; `at least` where some keys name no size. */
export function amountSize({ bytes, unsized }: Amount, trans: TranslationBundle): string {
  return unsized > 0 ? trans.__('at least %1', formatSize(bytes)) : formatSize(bytes);
}

/** Whole per cent; never 100 before the end, so that nobody leaves a transfer that still runs. */
export function percent(part: number, whole: number): number {
  return whole <= 0 ? 100 : Math.min(part >= whole ? 100 : 99, Math.floor((part / whole) * 100));
}

/** A span of time in the one unit that matters: `8 s`, `3 min`, `2 h`. */
export function formatDuration(milliseconds: number, trans: TranslationBundle): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) {
    return trans.__('%1 s', Math.max(1, seconds));
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) {
    return trans.__('%1 min', minutes);
  }
  const hours = Math.round(minutes / 60);
  return hours < 48 ? trans.__('%1 h', hours) : trans.__('%1 days', Math.round(hours / 24));
}

/** The time of day of an event of today, else its date, in the browser's language. */
export function formatTime(time: number, now: number): string {
  const then = new Date(time);
  return then.toDateString() === new Date(now).toDateString()
    ? then.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    : then.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}
