import { parseBlame } from './parseBlame';

const [ONE, TWO, NOW] = ['a'.repeat(40), 'b'.repeat(40), '0'.repeat(40)] as const;
const WORDS = [
  'author Ada',
  'author-mail <ada@example.org>',
  'author-time 1700000000',
  'author-tz +0000',
  'summary previous x y'
];

function printed(...lines: string[]): Buffer {
  return Buffer.from(lines.map(line => `${line}\n`).join(''), 'latin1');
}

test('lines, the runs that commits make of them, and where these come from', () => {
  const { text, origins, runs } = parseBlame(
    printed(
      ...[`${ONE} 1 1 2`, ...WORDS, 'boundary', 'filename old name.txt', '\tone'],
      ...[`${ONE} 2 2`, '\ttwo'],
      ...[`${TWO} 3 3 1`, ...WORDS, `previous ${ONE} old name.txt`, 'filename new.txt', '\tthree'],
      ...[`${ONE} 3 4 1`, '\tfour'],
      ...[`${NOW} 5 5 1`, ...WORDS, `previous ${TWO} new.txt`, 'filename new.txt', '\tfive']
    )
  );
  expect(text.toString()).toBe('one\ntwo\nthree\nfour\nfive\n');
  expect(origins).toEqual([
    { id: ONE, file: 'old name.txt' },
    { id: TWO, file: 'new.txt', previous: { id: ONE, file: 'old name.txt' } },
    { id: NOW, file: 'new.txt', previous: { id: TWO, file: 'new.txt' } }
  ]);
  expect(runs).toEqual([
    { count: 2, origin: 0 },
    { count: 1, origin: 1 },
    { count: 1, origin: 0 },
    { count: 1, origin: 2 }
  ]);
});

test('lines of the file are never taken for what git says, and keep their ends', () => {
  const lines = [`${TWO} 1 1 1`, 'filename other', '', '\t', 'ends\r', `previous ${TWO} x`];
  const { text, runs } = parseBlame(
    printed(
      ...lines.flatMap((line, at) => [
        `${ONE} ${at + 1} ${at + 1}${at === 0 ? ' 6' : ''}`,
        ...(at === 0 ? ['filename a'] : []),
        `\t${line}`
      ])
    )
  );
  expect(text.toString()).toBe(lines.map(line => `${line}\n`).join(''));
  expect(runs).toEqual([{ count: 6, origin: 0 }]);
});

test('a commit that had the text by two names has an origin for each', () => {
  const { origins, runs } = parseBlame(
    printed(
      ...[`${ONE} 1 1 1`, ...WORDS, 'filename a', '\tx'],
      ...[`${ONE} 1 2 1`, `previous ${TWO} c`, 'filename b', '\ty'],
      ...[`${ONE} 2 3 1`, 'filename a', '\tz']
    )
  );
  expect(origins).toEqual([
    { id: ONE, file: 'a' },
    { id: ONE, file: 'b', previous: { id: TWO, file: 'c' } }
  ]);
  expect(runs.map(({ origin }) => origin)).toEqual([0, 1, 0]);
});

test('names that git quotes, and such as are no UTF-8', () => {
  const { origins } = parseBlame(
    printed(...[`${ONE} 1 1 1`, `previous ${TWO} "tab\\tand \\"quotes\\" \\303\\244"`, 'filename bytes\xff', '\tx'])
  );
  expect(origins).toEqual([{ id: ONE, file: 'bytes\udcff', previous: { id: TWO, file: 'tab\tand "quotes" ä' } }]);
});

test('an empty file has none, ids may be long, and what git never says is a failure', () => {
  expect(parseBlame(Buffer.alloc(0))).toEqual({ text: Buffer.alloc(0), origins: [], runs: [] });
  expect(parseBlame(printed(`${'c'.repeat(64)} 1 1 1`, 'filename a', '\tx')).origins[0]?.id).toHaveLength(64);
  expect(() => parseBlame(printed('fatal: nonsense'))).toThrow('unknown way');
  expect(() => parseBlame(printed(`${ONE} 1 1 1`, '\tx'))).toThrow('unknown way');
});
