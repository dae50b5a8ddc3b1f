import type { SectionName } from './types';

/** Below this height two open sections are all that can be read. */
const SHORT = 700;

function limit(open: readonly SectionName[], height: number): SectionName[] {
  return height > 0 && height < SHORT ? open.slice(-2) : [...open];
}

/** Open sections after one was opened; on a short screen the one opened first gives way. */
export function withOpen(open: readonly SectionName[], section: SectionName, height: number): SectionName[] {
  return limit([...open.filter(name => name !== section), section], height);
}

/** Open sections after a click on a heading. */
export function toggled(open: readonly SectionName[], section: SectionName, height: number): SectionName[] {
  return open.includes(section) ? open.filter(name => name !== section) : withOpen(open, section, height);
}
