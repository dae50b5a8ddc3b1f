import type { TranslationBundle } from '@jupyterlab/translation';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { ChangedFile } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import { formatCount } from '../format';
import { VirtualList } from '../virtualList';
import { ChangeRow } from './changeRow';
import { hasDestination } from './destinationWords';
import { tickedChanges, withTicks } from './selection';
import type { IDestinations } from './useDestinations';

export interface IChangeListProps {
  changes: readonly ChangedFile[];
  /** Changes whose tick the user has changed. */
  flipped: readonly ContentsPath[];
  destinations: IDestinations;
  /** The next save keeps everything in Git. */
  toGit: boolean;
  trans: TranslationBundle;
  onFlip(flipped: ContentsPath[]): void;
  onMenu(file: ChangedFile, anchor: HTMLElement): void;
}

/** All changes with their ticks, and one tick for all of them. */
export function ChangeList(props: IChangeListProps): JSX.Element {
  const { changes, flipped, destinations, toGit, trans, onFlip, onMenu } = props;
  const { known, want } = destinations;
  const chosen = useMemo(() => new Set(tickedChanges(changes, flipped).map(({ path }) => path)), [changes, flipped]);
  const onTick = useCallback(
    (file: ChangedFile, ticked: boolean) => onFlip(withTicks(flipped, [file], ticked)),
    [flipped, onFlip]
  );
  const onShown = useCallback(
    (files: readonly ChangedFile[]) => want(files.filter(hasDestination).map(({ path }) => path)),
    [want]
  );
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
        items={changes}
        label={trans.__('Unsaved changes')}
        keyOf={file => file.path}
        onShown={onShown}
        row={(file, tabIndex) => (
          <ChangeRow
            file={file}
            destination={known.get(file.path)}
            toGit={toGit}
            ticked={chosen.has(file.path)}
            tabIndex={tabIndex}
            trans={trans}
            onTick={onTick}
            onMenu={onMenu}
          />
        )}
      />
    </>
  );
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
