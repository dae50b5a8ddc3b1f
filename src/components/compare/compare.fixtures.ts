import type { IComparedFile, IComparisonState } from '../../models/comparisonModel';
import type { Body, Difference, SideContent } from '../../protocol/compare';
import { contentsPath } from '../../protocol/paths';

const dataset = contentsPath('study');
const KEY = `SHA256E-s5000000--${'ab'.repeat(32)}.bin`;

export function difference(name: string, more: Partial<Difference> = {}): Difference {
  return {
    path: contentsPath(`study/${name}`),
    name,
    status: 'modified',
    before: { kind: 'git', bytes: 10 },
    after: { kind: 'git', bytes: 12 },
    ...more
  };
}

/** A state with these files, and one of them read. */
export function stateOf(files: readonly Difference[], file: IComparedFile | null = null): IComparisonState {
  const differences = {
    dataset,
    from: { side: 'nothing' as const },
    to: { side: 'worktree' as const },
    files: [...files],
    total: files.length,
    truncated: false
  };
  return { phase: 'ready', differences, file, failure: null };
}

export function compared(name: string, before: Body, after: Body): IComparedFile {
  const side = (body: Body): SideContent => ({ path: contentsPath(`study/${name}`), facts: { kind: 'git' }, body });
  return { difference: difference(name), before: side(before), after: side(after) };
}

/** An annexed file of which neither version is here. */
export const ABSENT_FILE: IComparedFile = {
  difference: difference('data.bin'),
  before: {
    path: contentsPath('study/data.bin'),
    facts: { kind: 'annex', bytes: 5_000_000, key: KEY },
    annex: { backend: 'SHA256E', checksum: 'ab'.repeat(32), here: false },
    body: { type: 'not-here' }
  },
  after: {
    path: contentsPath('study/data.bin'),
    facts: { kind: 'annex', bytes: 6_000_000, key: KEY.replace('5000000', '6000000') },
    annex: { backend: 'SHA256E', checksum: 'ab'.repeat(32), here: false },
    body: { type: 'not-here' }
  }
};
export const ABSENT_KEYS = [KEY, KEY.replace('5000000', '6000000')] as const;

export const TABLE = compared(
  'people.csv',
  { type: 'text', text: 'name,age\nAda,36\nBob,40\n' },
  { type: 'text', text: 'name,age\nAda,37\nBob,40\nCy,9\n' }
);
