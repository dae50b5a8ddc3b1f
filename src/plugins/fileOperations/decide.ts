import type { Row } from '../../protocol/dataset';
import type { Holding } from '../../protocol/holding';
import type { ContentsPath } from '../../protocol/paths';

/** A path that something is to be done with, as far as it is known. Undefined: the server could not be asked. */
export interface ISource {
  /** Null: nothing is known of it there, or it lies in no dataset. */
  readonly row: Row | null | undefined;
  /** The dataset that holds it; a subdataset is held by the one around it. */
  readonly dataset: ContentsPath | null | undefined;
}

/** What is done instead of, or with, JupyterLab's own delete. */
export type Deletion = 'stock' | 'unlink' | 'discard' | 'look';

/**
 * Files are Jupyter's own matter, but for locked ones, which it cannot delete. Whatever may be a folder has to be looked into: a
 * dataset may lie in it, and with it the only copy of something.
 */
export function decideDeletion(row: Row | undefined): Deletion {
  switch (row?.kind) {
    case undefined:
    case 'directory':
    case 'dataset':
      return 'look';
    case 'annex':
      // What no save has yet could not be brought back by discarding the deletion: it is discarded itself, which is kept.
      return row.change === 'new' || row.change === 'added' ? 'discard' : row.change === undefined ? 'unlink' : 'stock';
    default:
      return 'stock';
  }
}

/** Why something is not done. */
export type Refusal = 'not-here' | 'not-installed' | 'holds-dataset' | 'absorbed' | 'unknown';

/** What is done instead of JupyterLab's own move: `job` within one dataset, `across` into another one, `out` to where no annex is. */
export type Move = 'stock' | 'job' | 'across' | 'out' | { readonly refused: Refusal };

export interface IMoving extends ISource {
  /** The dataset around the new place. */
  readonly target: ContentsPath | null | undefined;
  /** A mere change of its name. */
  readonly sameFolder: boolean;
}

/** Null where only a look into the folder tells: then {@link decideFolderMove} does. */
export function decideMove({ row, dataset, target, sameFolder }: IMoving): Move | null {
  if (isPlain(row) || (dataset === null && target === null)) {
    return 'stock';
  }
  if (dataset === undefined || target === undefined || row === undefined) {
    // Links stay right as long as they do not come to another folder.
    return sameFolder ? 'stock' : { refused: 'unknown' };
  }
  if (dataset === target) {
    return 'job';
  }
  if (row?.kind === 'dataset-absent') {
    return { refused: 'not-installed' };
  }
  if (row?.kind === 'annex-unlocked' || row?.kind === 'annex') {
    return row.here === 'no'
      ? { refused: 'not-here' }
      : row.kind === 'annex-unlocked'
        ? 'stock'
        : target === null
          ? 'out'
          : 'across';
  }
  return null;
}

/** A folder, or a dataset, that comes from one dataset into another or out of it; {@link datasetsIn} it are moved as a whole. */
export function decideFolderMove(
  { annexed, absent, absorbed, complete }: Holding,
  target: ContentsPath | null | undefined
): Move {
  if (!complete) {
    return { refused: 'unknown' };
  }
  if (absorbed) {
    return { refused: 'absorbed' };
  }
  if (annexed === 0) {
    return 'stock';
  }
  return absent > 0 ? { refused: 'not-here' } : target === null ? 'out' : 'across';
}

/** The outermost repositories at or below a path: their content lies in themselves, wherever they are. */
export function datasetsIn({ datasets, unchecked }: Holding): ContentsPath[] {
  return [...datasets.map(({ path }) => path), ...unchecked];
}

/** What is done instead of JupyterLab's own copy. */
export type Copy = 'stock' | 'job' | { readonly refused: Refusal };

export interface ICopying extends ISource {
  readonly target: ContentsPath | null | undefined;
}

/** Null where only a look into the folder tells: then {@link decideFolderCopy} does. */
export function decideCopy({ row, dataset, target }: ICopying): Copy | null {
  if (isPlain(row)) {
    return 'stock';
  }
  if (row?.kind === 'annex-unlocked') {
    return row.here === 'no' && dataset !== target ? { refused: 'not-here' } : 'stock';
  }
  if (row?.kind === 'annex') {
    if (target === undefined || dataset === undefined) {
      return { refused: 'unknown' };
    }
    const isElsewhere = dataset !== target;
    return isElsewhere && row.here === 'no' ? { refused: 'not-here' } : target === null ? 'stock' : 'job';
  }
  return null;
}

/** Jupyter copies what links lead to, and of a dataset everything, annex and all. */
export function decideFolderCopy(holding: Holding, target: ContentsPath | null | undefined): Copy {
  const { annexed, absent, complete } = holding;
  if (!complete || target === undefined) {
    return { refused: 'unknown' };
  }
  if (datasetsIn(holding).length > 0) {
    return { refused: 'holds-dataset' };
  }
  return annexed === 0 ? 'stock' : target !== null ? 'job' : absent > 0 ? { refused: 'not-here' } : 'stock';
}

/** A file whose content lies in the folder itself, wherever it goes. */
function isPlain(row: Row | null | undefined): boolean {
  return row?.kind === 'git' || row?.kind === 'other' || row?.kind === 'link';
}
