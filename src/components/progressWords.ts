import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../protocol/job';
import { formatSize } from '../protocol/size';
import { formatDuration, percent } from './format';

/** Share of the work that is done, from bytes where they are known, else from files; undefined when neither is. */
export function jobPercent(job: Job): number | undefined {
  const { bytes, totalBytes, files, totalFiles } = job.progress ?? {};
  if (totalBytes !== undefined && totalBytes > 0) {
    return percent(bytes ?? 0, totalBytes);
  }
  return totalFiles !== undefined && totalFiles > 0 ? percent(files ?? 0, totalFiles) : undefined;
}

/** `40 % · 12 MB/s · 1 min`: what is known of it. */
export function progressWords(job: Job, trans: TranslationBundle): string {
  return progressParts(job, trans)
    .map(({ words }) => words)
    .join(' · ');
}

/** The same in parts, of which a narrow place may leave some out. */
export function progressParts(job: Job, trans: TranslationBundle): { words: string; minor?: true }[] {
  if (job.state === 'queued') {
    return [{ words: trans.__('waiting') }];
  }
  const { rate, remaining, step, bytes, quiet } = job.progress ?? {};
  const done = jobPercent(job);
  const parts: { words: string; minor?: true }[] = [];
  if (done !== undefined) {
    parts.push({ words: trans.__('%1 %', done) });
  } else if (bytes) {
    parts.push({ words: formatSize(bytes) });
  } else if (step) {
    parts.push({ words: step });
  }
  if (quiet !== undefined && job.prompt === undefined) {
    parts.push({ words: trans.__('no data for %1', formatDuration(quiet, trans)) });
  }
  if (rate) {
    parts.push({ words: trans.__('%1/s', formatSize(rate)), minor: true });
  }
  if (remaining !== undefined) {
    parts.push({ words: formatDuration(remaining, trans) });
  }
  return parts;
}
