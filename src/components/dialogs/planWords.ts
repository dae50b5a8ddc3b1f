import type { TranslationBundle } from '@jupyterlab/translation';
import type { Amount } from '../../protocol/dataset';
import { formatSize } from '../../protocol/size';
import type { GetPlan } from './dialogs';

/** "3 files, 12 MB", "at least" where some keys name no size. */
function amountWords(trans: TranslationBundle, { files, bytes, unsized }: Amount): string {
  const size = unsized > 0 ? trans.__('at least %1', formatSize(bytes)) : formatSize(bytes);
  return trans._n('%1 file, %2', '%1 files, %2', files, size);
}

/** Whether the content to come fits on the file system; true where that cannot be told. */
export function fits({ toGet, free }: GetPlan): boolean {
  return free === null || toGet.bytes <= free;
}

/** What a get would do, one fact a line. */
export function getLines(trans: TranslationBundle, plan: GetPlan): string[] {
  const { toGet, alreadyHere, sources, unavailable, absentSubdatasets, free } = plan;
  const lines = [toGet.files === 0 ? trans.__('Nothing is missing here.') : trans.__('To come: %1', amountWords(trans, toGet))];
  if (alreadyHere.files > 0) {
    lines.push(trans.__('Here already: %1', amountWords(trans, alreadyHere)));
  }
  if (toGet.files > 0 && sources.length > 0) {
    lines.push(trans.__('From: %1', sources.map(source => source.name).join(', ')));
  }
  if (unavailable > 0) {
    lines.push(trans._n('Of %1 file no place is known.', 'Of %1 files no place is known.', unavailable, unavailable));
  }
  if (absentSubdatasets.length > 0) {
    const count = absentSubdatasets.length;
    lines.push(
      trans._n(
        '%1 subdataset is not installed; its size is not known.',
        '%1 subdatasets are not installed; their size is not known.',
        count,
        count
      )
    );
  }
  if (free !== null) {
    lines.push(trans.__('Free space: %1', formatSize(free)));
  }
  return lines;
}
