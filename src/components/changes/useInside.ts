import { useCallback, useEffect, useState } from 'react';
import type { ChangedFile } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import type { IPanelActions } from '../types';

/** What is changed inside a subdataset: `null` while that is read, `unread` where it cannot be told. */
export type Inside = readonly ChangedFile[] | 'unread' | null;

export interface IInside {
  /** The subdatasets that are unfolded. */
  readonly unfolded: ReadonlyMap<ContentsPath, Inside>;
  fold(subdataset: ContentsPath): void;
}

/** Looks into subdatasets that are unfolded, one level at a time, and again whenever the list of changes is another one. */
export function useInside(changes: readonly ChangedFile[], actions: Pick<IPanelActions, 'changesIn'>): IInside {
  const [unfolded, setUnfolded] = useState<ReadonlyMap<ContentsPath, Inside>>(new Map());
  const open = JSON.stringify([...unfolded.keys()]);
  useEffect(() => {
    let wanted = true;
    for (const subdataset of JSON.parse(open) as ContentsPath[]) {
      void actions.changesIn(subdataset).then(found => {
        if (wanted) {
          // Folded again meanwhile, it has no place any more.
          setUnfolded(old => (old.has(subdataset) ? new Map(old).set(subdataset, found ?? 'unread') : old));
        }
      });
    }
    return () => {
      wanted = false;
    };
  }, [open, changes, actions]);
  const fold = useCallback((subdataset: ContentsPath) => {
    setUnfolded(old => {
      const next = new Map(old);
      if (!next.delete(subdataset)) {
        next.set(subdataset, null);
      }
      return next;
    });
  }, []);
  return { unfolded, fold };
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
