import { type RefObject, useEffect, useRef } from 'react';

/**
 * Enter inside an element is its own matter: a dialog would take it for its button, also from a line where somebody searches. It listens
 * on the way down, so this has to stand above it.
 */
export function useOwnEnter<T extends HTMLElement>(): RefObject<T> {
  const inside = useRef<T>(null);
  useEffect(() => {
    const keep = (event: KeyboardEvent): void => {
      if (event.key === 'Enter' && event.target instanceof Node && inside.current?.contains(event.target) === true) {
        event.stopPropagation();
      }
    };
    document.addEventListener('keydown', keep, true);
    return () => document.removeEventListener('keydown', keep, true);
  }, []);
  return inside;
}
