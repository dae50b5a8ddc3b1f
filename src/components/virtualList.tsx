import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';

/** Below this a list is drawn whole: find-in-page and screen readers see all of it. */
const WHOLE = 60;
const ROW_HEIGHT = 24;

export interface IVirtualListProps<T> {
  items: readonly T[];
  label: string;
  keyOf(item: T): string;
  /** Draws one row; the element that takes the focus gets `tabIndex` and `data-roving`. */
  row(item: T, tabIndex: 0 | -1): ReactNode;
  /** Told of the items that are drawn, whenever these are others. */
  onShown?(items: readonly T[]): void;
}

/** A list of 24 px rows of which only the visible ones exist; arrow keys, Home and End move between rows. */
export function VirtualList<T>({ items, label, keyOf, row, onShown }: IVirtualListProps<T>): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const whole = items.length <= WHOLE;
  const virtualizer = useVirtualizer({
    count: items.length,
    enabled: !whole,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    // As high as the style sheet lets it be, so that rows are there at the first paint.
    initialRect: { width: 0, height: 16 * ROW_HEIGHT }
  });
  const active = Math.min(current, Math.max(0, items.length - 1));
  const focus = useCallback(
    (index: number): void => {
      setCurrent(index);
      if (!whole) {
        virtualizer.scrollToIndex(index);
      }
      // The row may have to be drawn first.
      requestAnimationFrame(() => {
        scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-roving]`)?.focus();
      });
    },
    [virtualizer, whole]
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = targetOf(event.key, active, items.length - 1);
    if (target !== undefined) {
      event.preventDefault();
      focus(target);
    }
  };
  const shown = whole
    ? items.map((_, index) => ({ index, start: index * ROW_HEIGHT }))
    : virtualizer.getVirtualItems().map(({ index, start }) => ({ index, start }));
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? -1];
  useEffect(() => onShown?.(items.slice(first, last + 1)), [onShown, items, first, last]);
  return (
    <div
      ref={scroller}
      className="jp-Datalad-list"
      onKeyDown={onKeyDown}
      onFocus={event => {
        const index = event.target.closest('[data-index]')?.getAttribute('data-index');
        if (index) {
          setCurrent(Number(index));
        }
      }}
    >
      <ul aria-label={label} style={whole ? undefined : { height: items.length * ROW_HEIGHT }}>
        {shown.map(({ index, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <li
              key={keyOf(item)}
              data-index={index}
              className="jp-Datalad-row"
              aria-setsize={whole ? undefined : items.length}
              aria-posinset={whole ? undefined : index + 1}
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
