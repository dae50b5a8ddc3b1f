import fc from 'fast-check';
import { same } from '../../../tests/support/properties';
import { align } from './align';

const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

/** The length of the longest list that both hold in this order, found the slow way. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  const rows = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let x = 1; x <= a.length; x++) {
    for (let y = 1; y <= b.length; y++) {
      rows[x]![y] = a[x - 1] === b[y - 1] ? rows[x - 1]![y - 1]! + 1 : Math.max(rows[x - 1]![y]!, rows[x]![y - 1]!);
    }
  }
  return rows[a.length]![b.length]!;
}

test('every item stands once and in order, equal ones beside each other, and as few alone as possible', () => {
  fc.assert(
    fc.property(list, list, (a, b) => {
      const pairs = align(a, b);
      same(
        [pairs.flatMap(pair => pair.a ?? []), pairs.flatMap(pair => pair.b ?? [])],
        [a, b].map(list => list.map((_, at) => at))
      );
      const both = pairs.filter(pair => pair.a !== undefined && pair.b !== undefined);
      same(both.length, commonLength(a, b));
      return both.every(pair => a[pair.a!] === b[pair.b!]);
    })
  );
});

test('of what was replaced the old items come first', () => {
  expect(align(['x', 'old', 'older', 'y'], ['x', 'new', 'y'])).toEqual([
    { a: 0, b: 0 },
    { a: 1 },
    { a: 2 },
    { b: 1 },
    { a: 3, b: 2 }
  ]);
});

test('lists that have nothing in common count as different as a whole, in no time', () => {
  const many = (name: string): string[] => Array.from({ length: 20_000 }, (_, at) => `${name}${at}`);
  expect(align(['same', ...many('a')], ['same', ...many('b')])).toHaveLength(40_001);
});
