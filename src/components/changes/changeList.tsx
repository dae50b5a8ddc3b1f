import type { TranslationBundle } from '@jupyterlab/translation';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { ChangedFile } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import { formatCount } from '../format';
import { VirtualList } from '../virtualList';
import { ChangeRow } from './changeRow';
import { hasDestination } from './destinationWords';
import { InnerChange, innermost, InnerNote } from './innerChange';
import { tickedChanges, withTicks } from './selection';
import type { IDestinations } from './useDestinations';
import { type ChangeItem, type IInside, withInside } from './useInside';

export interface IChangeListProps {
  changes: readonly ChangedFile[];
  /** Changes whose tick the user has changed. */
  flipped: readonly ContentsPath[];
  destinations: IDestinations;
  /** What is changed inside of subdatasets. */
  inside: IInside;
  /** The next save keeps everything in Git. */
  toGit: boolean;
  /** The next save goes into subdatasets. */
  recursive: boolean;
  trans: TranslationBundle;
  onFlip(flipped: ContentsPath[]): void;
  onMenu(file: ChangedFile, dataset: ContentsPath, anchor: HTMLElement): void;
  dataset: ContentsPath;
}

/** All changes with their ticks, and one tick for all of them. */
export function ChangeList(props: IChangeListProps): JSX.Element {
  const { dataset, changes, flipped, destinations, inside, toGit, recursive, trans, onFlip, onMenu } = props;
  const { unfolded, fold } = inside;
  const { known, want } = destinations;
  const chosen = useMemo(() => new Set(tickedChanges(changes, flipped).map(({ path }) => path)), [changes, flipped]);
  const onTick = useCallback(
    (file: ChangedFile, ticked: boolean) => onFlip(withTicks(flipped, [file], ticked)),
    [flipped, onFlip]
  );
  const items = useMemo(() => withInside(changes, unfolded), [changes, unfolded]);
  const onShown = useCallback(
    (shown: readonly ChangeItem[]) => {
      for (const item of shown) {
        if (item.type !== 'note' && hasDestination(item.file)) {
          want(item.type === 'inner' ? innermost(item.within) : dataset, [item.file.path]);
        }
      }
    },
    [want, dataset]
  );
  const isSaved = ([outermost]: readonly ChangedFile[]): boolean =>
    recursive && outermost !== undefined && chosen.has(outermost.path);
  const onFold = useCallback(({ path }: ChangedFile) => fold(path), [fold]);
  const openOf = ({ path, inside: dirty }: ChangedFile): boolean | undefined => (dirty === true ? unfolded.has(path) : undefined);
  const onOwnMenu = useCallback((file: ChangedFile, anchor: HTMLElement) => onMenu(file, dataset, anchor), [onMenu, dataset]);
  return (
    <>
      {changes.length > 1 && (
        <TickAll
          ticked={chosen.size}
          total={changes.length}
          trans={trans}
          onChange={all => onFlip(withTicks(flipped, changes, all))}
        />
      )}
      <VirtualList
        items={items}
        label={trans.__('Unsaved changes')}
        keyOf={keyOf}
        onShown={onShown}
        row={(item, tabIndex) =>
          item.type === 'note' ? (
            <InnerNote within={item.within} inside={item.inside} saved={isSaved(item.within)} trans={trans} />
          ) : item.type === 'inner' ? (
            <InnerChange
              file={item.file}
              within={item.within}
              destination={known.get(item.file.path)}
              toGit={toGit && isSaved(item.within)}
              open={openOf(item.file)}
              tabIndex={tabIndex}
              trans={trans}
              onFold={onFold}
              onMenu={onMenu}
            />
          ) : (
            <ChangeRow
              file={item.file}
              destination={known.get(item.file.path)}
              toGit={toGit}
              ticked={chosen.has(item.file.path)}
              open={openOf(item.file)}
              tabIndex={tabIndex}
              trans={trans}
              onFold={onFold}
              onTick={onTick}
              onMenu={onOwnMenu}
            />
          )
        }
      />
    </>
  );
}

function keyOf(item: ChangeItem): string {
  return item.type === 'note' ? `inside ${item.within.at(-1)?.path ?? ''}` : item.file.path;
}

interface ITickAllProps {
  ticked: number;
  total: number;
  trans: TranslationBundle;
  onChange(all: boolean): void;
}

function TickAll({ ticked, total, trans, onChange }: ITickAllProps): JSX.Element {
  const box = useRef<HTMLInputElement>(null);
  const some = ticked > 0 && ticked < total;
  useEffect(() => {
    if (box.current !== null) {
      // The third state has no attribute.
      box.current.indeterminate = some;
    }
  }, [some]);
  return (
    <label className="jp-Datalad-change jp-Datalad-tickAll">
      <input ref={box} type="checkbox" checked={ticked === total} onChange={() => onChange(ticked < total)} />
      <span className="jp-Datalad-dim">{trans.__('%1 of %2 ticked', formatCount(ticked), formatCount(total))}</span>
    </label>
  );
}
