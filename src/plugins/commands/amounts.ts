import type { TranslationBundle } from '@jupyterlab/translation';
import type { Row } from '../../protocol/dataset';
import { formatSize } from '../../protocol/size';

/** What rows tell of the content a get would bring, or a drop would free. */
export interface IAmount {
  files: number;
  bytes: number;
  /** Some rows are still being counted, or are subdatasets that are not installed: there is more than that. */
  atLeast: boolean;
}

const NOTHING: IAmount = { files: 0, bytes: 0, atLeast: false };

/** Annexed content of these rows that is not here. */
export function amountToGet(rows: readonly Row[]): IAmount {
  return rows.map(missing).reduce(add, NOTHING);
}

/** Annexed content of these rows that is here; content with changes is counted, too, though a drop keeps it. */
export function amountToDrop(rows: readonly Row[]): IAmount {
  return rows.map(present).reduce(add, NOTHING);
}

/** "3 files, 12 MB", or "12 MB" for a single file; empty when nothing is known. */
export function amountText(trans: TranslationBundle, { files, bytes, atLeast }: IAmount): string {
  if (files === 0) {
    return '';
  }
  const size = atLeast ? trans.__('at least %1', formatSize(bytes)) : formatSize(bytes);
  return files === 1 ? size : trans._n('%2 file, %3', '%2 files, %3', files, files, size);
}

/** Whether rows stand for more than the files the user sees selected. */
export function isFolder({ kind }: Row): boolean {
  return kind === 'directory' || kind === 'dataset' || kind === 'dataset-absent';
}

function missing({ kind, here, bytes, below, counting }: Row): IAmount {
  if (kind === 'dataset-absent') {
    return { ...NOTHING, atLeast: true };
  }
  if (below !== undefined) {
    return {
      files: below.files - below.filesHere,
      bytes: Math.max(0, (bytes ?? 0) - below.bytesHere),
      atLeast: counting === true
    };
  }
  return here === 'no'
    ? { files: 1, bytes: bytes ?? 0, atLeast: bytes === undefined }
    : { ...NOTHING, atLeast: counting === true };
}

function present({ here, bytes, below, counting }: Row): IAmount {
  if (below !== undefined) {
    return { files: below.filesHere, bytes: below.bytesHere, atLeast: counting === true };
  }
  return here === 'yes'
    ? { files: 1, bytes: bytes ?? 0, atLeast: bytes === undefined }
    : { ...NOTHING, atLeast: counting === true };
}

function add(one: IAmount, other: IAmount): IAmount {
  return { files: one.files + other.files, bytes: one.bytes + other.bytes, atLeast: one.atLeast || other.atLeast };
}
