import type { TranslationBundle } from '@jupyterlab/translation';
import { formatShare, percent } from '../../components/format';
import type { Change, Row } from '../../protocol/dataset';
import { formatSize } from '../../protocol/size';
import type { IFileProgress, RowState } from '../../tokens';

/** What a row says in words: "not here, 4.8 MB". */
export function rowWords(row: Row, trans: TranslationBundle, progress?: IFileProgress): string {
  const words = [kindWord(row, trans), progress === undefined ? hereWord(row, trans) : progressWord(progress, trans)];
  const unsure = [row.damaged ? trans.__('damaged') : '', row.unread ? trans.__('could not be read in full') : ''];
  return [...words, sizeWord(row, trans), row.change === undefined ? '' : changeWord(row.change, trans), ...unsure]
    .filter(word => word !== '')
    .join(', ');
}

/** What is said of a row whose state is not known. */
export function stateWords(state: Exclude<RowState, 'ready'>, trans: TranslationBundle): string {
  switch (state) {
    case 'pending':
      return trans.__('being read');
    case 'untrusted':
      return trans.__('dataset not trusted');
    case 'error':
      return trans.__('could not be read');
  }
}

/** What the size column shows where a size alone would not tell it; null where the size is right. */
export function sizeCell(row: Row, trans: TranslationBundle): string | null {
  if (row.kind === 'dataset-absent') {
    return trans.__('not installed');
  }
  if (row.here === 'partly' && row.below !== undefined && row.bytes !== undefined) {
    return formatShare(row.below.bytesHere, row.bytes, trans);
  }
  return null;
}

function kindWord(row: Row, trans: TranslationBundle): string {
  switch (row.kind) {
    case 'git':
      return trans.__('in Git');
    case 'annex-unlocked':
      return trans.__('unlocked');
    case 'dataset':
      return trans.__('dataset');
    case 'dataset-absent':
      return trans.__('subdataset, not installed');
    case 'link':
      return trans.__('link');
    default:
      return '';
  }
}

function hereWord(row: Row, trans: TranslationBundle): string {
  if (row.kind === 'dataset-absent' || row.here === undefined) {
    return '';
  }
  switch (row.here) {
    case 'yes':
      return trans.__('here');
    case 'no':
      return trans.__('not here');
    case 'partly':
      return trans.__('partly here');
  }
}

function progressWord({ bytes, totalBytes }: IFileProgress, trans: TranslationBundle): string {
  return totalBytes ? trans.__('coming, %1 %', percent(bytes, totalBytes)) : trans.__('coming, %1 so far', formatSize(bytes));
}

function sizeWord(row: Row, trans: TranslationBundle): string {
  if (row.bytes === undefined || row.kind === 'link') {
    return '';
  }
  if (row.here === 'partly' && row.below !== undefined) {
    return trans.__('%1 of %2', formatSize(row.below.bytesHere), formatSize(row.bytes));
  }
  return formatSize(row.bytes);
}

function changeWord(change: Change, trans: TranslationBundle): string {
  switch (change) {
    case 'new':
      return trans.__('new');
    case 'added':
      return trans.__('added');
    case 'modified':
      return trans.__('modified');
    case 'deleted':
      return trans.__('deleted');
    case 'typechange':
      return trans.__('type changed');
    case 'conflict':
      return trans.__('in conflict');
  }
}
