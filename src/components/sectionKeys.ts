import type { KeyboardEvent } from 'react';

/** F6 and Shift+F6 go to the heading of the next and the previous section. */
export function moveBetweenSections(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'F6' || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const headings = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-section-heading]')];
  const here = event.target instanceof Element ? event.target.closest('[data-section]') : null;
  const at = headings.findIndex(heading => here?.contains(heading));
  const next = event.shiftKey ? (at <= 0 ? headings.length : at) - 1 : (at + 1) % headings.length;
  const heading = headings[next];
  if (heading !== undefined) {
    event.preventDefault();
    event.stopPropagation();
    heading.focus();
  }
}
