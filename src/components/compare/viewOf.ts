import type { Body, SideContent } from '../../protocol/compare';
import { separatorOf } from './tableDiff';
import { hasEndlessLine } from './textFacts';

/** How a file can be compared. */
export type ViewKind = 'text' | 'hunks' | 'image' | 'table' | 'notebook' | 'facts';

/** Rows above which a table is compared as text. */
const MOST_ROWS = 20_000;

/** The ways to compare two sides, the best one first; `facts` where neither side has anything to show. */
export function viewsOf(name: string, before: SideContent, after: SideContent): ViewKind[] {
  const bodies = [before.body, after.body];
  const only = (...types: Body['type'][]): boolean =>
    bodies.every(({ type }) => types.includes(type)) && bodies.some(({ type }) => type !== 'absent');
  if (only('image', 'absent')) {
    return /\.svg$/iu.test(name) ? ['image', 'text'] : ['image'];
  }
  if (only('text', 'absent')) {
    const texts = bodies.map(body => (body.type === 'text' ? body.text : ''));
    if (texts.some(hasEndlessLine)) {
      return ['hunks'];
    }
    const rows = Math.max(...texts.map(text => text.split('\n', MOST_ROWS + 1).length));
    return [
      ...(/\.ipynb$/iu.test(name) ? (['notebook'] as const) : []),
      ...(separatorOf(name) !== null && rows <= MOST_ROWS ? (['table'] as const) : []),
      'text'
    ];
  }
  const isLong = bodies.some(body => body.type === 'too-large' && body.what === 'text');
  return isLong && only('text', 'absent', 'too-large') ? ['hunks'] : ['facts'];
}
