import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ChangedFile } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import type { IPanelActions } from '../types';

/** What is changed inside a subdataset: `null` while that is read, `unread` where it cannot be told. */
export type Inside = readonly ChangedFile[] | 'unread' | null;

export interface IInside {
  /** The subdatasets that are unfolded. */
  readonly unfolded: ReadonlyMap<ContentsPath, Inside>;
  /** What the next save takes along inside of subdatasets, as far as that was read; the outermost come first. */
  readonly saved: readonly ISavedInside[];
  fold(subdataset: ContentsPath): void;
}

/** Changes inside one subdataset. */
export interface ISavedInside {
  readonly dataset: ContentsPath;
  /** How the subdataset is called from the outermost one. */
  readonly name: string;
  readonly changes: readonly ChangedFile[];
}

interface IOptions {
  changes: readonly ChangedFile[];
  /** Those that the next save goes into wherever they are subdatasets. */
  entered: readonly ChangedFile[];
  actions: Pick<IPanelActions, 'changesIn'>;
}

/** More subdatasets are not looked into unasked. */
const MOST = 20;
const NOTHING: ReadonlyMap<ContentsPath, Inside> = new Map();

/**
 * Looks into subdatasets that are unfolded, and into those that the next save goes into, one level at a time, and again whenever the
 * list of changes is another one.
 */
export function useInside({ changes, entered, actions }: IOptions): IInside {
  const [known, setKnown] = useState(NOTHING);
  const [open, setOpen] = useState<ReadonlySet<ContentsPath>>(new Set());
  const round = useRef({ changes, asked: new Set<ContentsPath>() });
  const saved = useMemo(() => savedInside(entered, known), [entered, known]);
  useEffect(() => {
    if (round.current.changes !== changes) {
      round.current = { changes, asked: new Set() };
    }
    const own = round.current;
    for (const subdataset of [...open, ...dirtyIn(entered), ...saved.flatMap(one => dirtyIn(one.changes))].slice(
      0,
      open.size + MOST
    )) {
      if (!own.asked.has(subdataset)) {
        own.asked.add(subdataset);
        void actions.changesIn(subdataset).then(found => {
          if (own === round.current) {
            setKnown(old => new Map(old).set(subdataset, found ?? 'unread'));
          }
        });
      }
    }
  }, [changes, open, entered, saved, actions]);
  const fold = useCallback((subdataset: ContentsPath) => {
    // Looked at anew when it is unfolded another time.
    round.current.asked.delete(subdataset);
    setOpen(old => {
      const next = new Set(old);
      if (!next.delete(subdataset)) {
        next.add(subdataset);
      }
      return next;
    });
  }, []);
  const unfolded = useMemo(() => new Map([...open].map(path => [path, known.get(path) ?? null])), [open, known]);
  return { unfolded, saved, fold };
}

function dirtyIn(changes: readonly ChangedFile[]): ContentsPath[] {
  return changes.filter(({ inside }) => inside === true).map(({ path }) => path);
}

function savedInside(entered: readonly ChangedFile[], known: ReadonlyMap<ContentsPath, Inside>): ISavedInside[] {
  const below = ({ path, name, inside }: ChangedFile, around: string): ISavedInside[] => {
    const found = inside === true ? known.get(path) : undefined;
    if (!Array.isArray(found)) {
      return [];
    }
    const changes = found as readonly ChangedFile[];
    return [{ dataset: path, name: `${around}${name}`, changes }, ...changes.flatMap(one => below(one, `${around}${name}/`))];
  };
  return entered.flatMap(one => below(one, ''));
}

/** A line of the list of changes. */
export type ChangeItem =
  | { readonly type: 'change'; readonly file: ChangedFile }
  | { readonly type: 'inner'; readonly file: ChangedFile; readonly within: readonly ChangedFile[] }
  /** What is to be said of the changes inside, or instead of them. */
  | { readonly type: 'note'; readonly inside: Inside; readonly within: readonly ChangedFile[] };

/** The changes, each unfolded subdataset followed by what is changed in it. */
export function withInside(changes: readonly ChangedFile[], unfolded: IInside['unfolded']): ChangeItem[] {
  const below = (file: ChangedFile, around: readonly ChangedFile[]): ChangeItem[] => {
    const inside = file.inside === true ? unfolded.get(file.path) : undefined;
    if (inside === undefined) {
      return [];
    }
    const within = [...around, file];
    const inner = Array.isArray(inside) ? (inside as readonly ChangedFile[]) : [];
    return [
      { type: 'note', inside, within },
      ...inner.flatMap((one): ChangeItem[] => [{ type: 'inner', file: one, within }, ...below(one, within)])
    ];
  };
  return changes.flatMap((file): ChangeItem[] => [{ type: 'change', file }, ...below(file, [])]);
}
