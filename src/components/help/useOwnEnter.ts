import { type RefObject, useEffect, useRef } from 'react';

/**
 * Enter inside an element is its own matter: a dialog would take it for its button, also from a line where somebody searches. So is Escape
 * where something is done at it. It listens on the way down, so this has to stand above it.
 */
export function useOwnEnter<T extends HTMLElement>(onEscape?: () => void): RefObject<T> {
  const inside = useRef<T>(null);
  useEffect(() => {
    const keep = (event: KeyboardEvent): void => {
      const isEscape = event.key === 'Escape' && onEscape !== undefined;
      const isOurs = event.key === 'Enter' || isEscape;
      if (isOurs && event.target instanceof Node && inside.current?.contains(event.target) === true) {
        event.stopPropagation();
        if (isEscape) {
          onEscape();
        }
      }
    };
    document.addEventListener('keydown', keep, true);
    return () => document.removeEventListener('keydown', keep, true);
  }, [onEscape]);
  return inside;
}
