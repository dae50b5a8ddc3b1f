import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState
} from 'react';

/** Below this a list is drawn whole: find-in-page and screen readers see all of it. */
const WHOLE = 60;
const ROW_HEIGHT = 24;
const HEIGHT = 16 * ROW_HEIGHT;

export interface IVirtualListProps<T> {
  items: readonly T[];
  label: string;
  keyOf(item: T): string;
  /** Pixels; 24 by default, and for all rows the same. */
  rowHeight?: number;
  /** There are more than these: who comes near the end is told, so that they can be loaded. */
  onNearEnd?: () => void;
  /** Draws one row; the element that takes the focus gets `tabIndex` and `data-roving`. */
  row(item: T, tabIndex: 0 | -1): ReactNode;
  /** Told of the items that are drawn, whenever these are others. */
  onShown?(items: readonly T[]): void;
  /** The rows are a tree, each a `treeitem` that tells its own level and place. */
  tree?: {
    /** The row that a key leads to; undefined where it leads nowhere. */
    onKey(key: string, index: number): number | undefined;
  };
}

/** So many rows before the end the next ones are asked for. */
const NEAR = 20;

/**
 * A list of rows of which only the visible ones exist; arrow keys, Home and End move between rows. When rows come above, those in view
 * stay where they are.
 */
export function VirtualList<T>(props: IVirtualListProps<T>): JSX.Element {
  const { items, label, keyOf, row, rowHeight = ROW_HEIGHT, onNearEnd, onShown, tree } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const whole = items.length <= WHOLE;
  const virtualizer = useVirtualizer({
    count: items.length,
    enabled: !whole,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // As high as the style sheet lets it be, so that rows are there at the first paint.
    initialRect: { width: 0, height: HEIGHT }
  });
  const top = useKeptPlace(scroller, { items, keyOf, rowHeight, onShift: by => setCurrent(index => Math.max(0, index + by)) });
  const [seen, setSeen] = useState(0);
  const nearEnd = onNearEnd !== undefined && (seen + HEIGHT) / rowHeight > items.length - NEAR;
  useEffect(() => {
    if (nearEnd) {
      onNearEnd();
    }
  }, [nearEnd, items, onNearEnd]);
  const active = Math.min(current, Math.max(0, items.length - 1));
  const focus = useCallback(
    (index: number): void => {
      setCurrent(index);
      if (!whole) {
        virtualizer.scrollToIndex(index);
      }
      const row = (): HTMLElement | null | undefined =>
        scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-roving]`);
      const there = row();
      if (there) {
        // At once: the focus must not come back here from where the next key leads.
        there.focus();
      } else {
        requestAnimationFrame(() => row()?.focus());
      }
    },
    [virtualizer, whole]
  );
  // A row that goes takes the focus with it: whoever went there by keys goes on from the same place.
  const held = useRef(false);
  useLayoutEffect(() => {
    if (held.current && document.activeElement === document.body) {
      focus(active);
    }
  }, [items, active, focus]);
  const onBlur = ({ target, relatedTarget }: FocusEvent): void => {
    if (!scroller.current?.contains(relatedTarget as Node | null)) {
      queueMicrotask(() => (held.current &&= !target.isConnected));
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = tree?.onKey(event.key, active) ?? targetOf(event.key, active, items.length - 1);
    if (target !== undefined) {
      event.preventDefault();
      focus(target);
    }
  };
  const shown = whole
    ? items.map((_, index) => ({ index, start: index * rowHeight }))
    : virtualizer.getVirtualItems().map(({ index, start }) => ({ index, start }));
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? -1];
  useEffect(() => onShown?.(items.slice(first, last + 1)), [onShown, items, first, last]);
  return (
    <div
      ref={scroller}
      className="jp-Datalad-list"
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: { scrollTop } }) => {
        top.keep(scrollTop);
        setSeen(scrollTop);
      }}
      onBlur={onBlur}
      onFocus={event => {
        held.current = true;
        const index = event.target.closest('[data-index]')?.getAttribute('data-index');
        if (index) {
          setCurrent(Number(index));
        }
      }}
    >
      <ul role={tree && 'tree'} aria-label={label} style={whole ? undefined : { height: items.length * rowHeight }}>
        {shown.map(({ index, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <li
              key={keyOf(item)}
              data-index={index}
              className="jp-Datalad-row"
              {...(tree === undefined
                ? placeOf(index, whole ? undefined : items.length, onNearEnd !== undefined)
                : { role: 'none' })}
              style={whole ? undefined : { position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${start}px)` }}
            >
              {row(item, index === active ? 0 : -1)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Where a row stands among the others, for who does not see them all. */
function placeOf(index: number, total: number | undefined, more: boolean): { 'aria-setsize'?: number; 'aria-posinset'?: number } {
  return more || total !== undefined ? { 'aria-setsize': more ? -1 : total, 'aria-posinset': index + 1 } : {};
}

/** Remembers the row at the upper edge, and scrolls after it when others came above it or went. At the very top new rows show at once. */
function useKeptPlace<T>(
  scroller: RefObject<HTMLElement>,
  {
    items,
    keyOf,
    rowHeight,
    onShift
  }: Required<Pick<IVirtualListProps<T>, 'items' | 'keyOf' | 'rowHeight'>> & { onShift(by: number): void }
): { keep(scrollTop: number): void } {
  const place = useRef({ index: 0, offset: 0, key: '' });
  const keep = (scrollTop: number): void => {
    const index = Math.floor(scrollTop / rowHeight);
    const item = items[index];
    place.current = { index, offset: scrollTop - index * rowHeight, key: item === undefined ? '' : keyOf(item) };
  };
  const first = useRef('');
  const before = useRef(items);
  useLayoutEffect(() => {
    const [item] = items;
    if (before.current !== items && first.current !== '') {
      const by = items.findIndex(each => keyOf(each) === first.current);
      const { index, offset, key } = place.current;
      const there = items[index + by];
      if (by > 0 && there !== undefined && keyOf(there) === key && index + offset > 0) {
        scroller.current?.scrollTo({ top: (index + by) * rowHeight + offset });
        place.current = { ...place.current, index: index + by };
      }
      if (by > 0) {
        onShift(by);
      }
    }
    before.current = items;
    first.current = item === undefined ? '' : keyOf(item);
  });
  return { keep };
}

function targetOf(key: string, active: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, active + 1);
    case 'ArrowUp':
      return Math.max(0, active - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
