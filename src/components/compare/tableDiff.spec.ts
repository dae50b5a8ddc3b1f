import fc from 'fast-check';
import { same } from '../../../tests/support/properties';
import { parseTable } from '../../protocol/separated';
import { diffTables } from './tableDiff';

/** As spreadsheets write a cell. */
function quoted(cell: string): string {
  return /["\n\r,]|^$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const cell = fc.stringMatching(/^[ab"\n,é ]{0,5}$/);
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });

test('what was written is read again, with quotes, commas and line breaks in cells', () => {
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, ended) => {
      const text = rows.map(row => row.map(quoted).join(',')).join(end) + (ended && rows.length > 0 ? end : '');
      same(parseTable(text, ','), rows);
    })
  );
});

test('the second table follows from the first and the changes', () => {
  fc.assert(
    fc.property(table, table, (before, after) => {
      const { changes, same: unchanged } = diffTables(before, after);
      const gone = new Set(changes.flatMap(({ from }) => from ?? []));
      const come = changes.flatMap(({ to, after: row }) => (to === undefined ? [] : [[to - 1, row] as const]));
      const kept = before.filter((_, at) => !gone.has(at + 1));
      const rebuilt = [...kept];
      for (const [at, row] of come) {
        rebuilt.splice(at, 0, [...row!]);
      }
      same([kept.length, rebuilt], [unchanged, after]);
    })
  );
});

test('a row of which one cell changed is one row', () => {
  const {
    changes,
    same: unchanged,
    header
  } = diffTables(parseTable('id,age\na,1\nb,2\n', ','), parseTable('id,age\na,1\nb,3\nc,4\n', ','));
  expect([header, unchanged]).toEqual([['id', 'age'], 2]);
  expect(changes).toEqual([
    { from: 3, to: 3, before: ['b', '2'], after: ['b', '3'] },
    { to: 4, before: null, after: ['c', '4'] }
  ]);
});
