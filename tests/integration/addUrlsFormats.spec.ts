import { writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expand } from '../../src/server/operations/urlTables/expand';
import { readTable } from '../../src/server/operations/urlTables/table';
import { same } from '../support/properties';
import { usePlace } from '../support/place';

jest.setTimeout(120_000);

/** What DataLad makes of tables and formats; null where it fails. */
const PYTHON = `
import io, json, sys
from datalad.local.addurls import _read, extract

def rows(case):
    try:
        records, index = _read(io.StringIO(case['text'], newline=None), case['type'])
        found, _ = extract(records, index, case['url'], case['file'], '*', dry_run=True)
        return [[row['input_idx'] + 1, row['url'], row['filename']] for row in found]
    except Exception:
        return None

print(json.dumps([rows(case) for case in json.load(open(sys.argv[1]))]))
`;

/** A line with nothing in it. */
const EMPTY = /(?:^|\n|\r)[,\t"]*(?:\n|\r|$)/u;

interface ICase {
  type: 'csv' | 'tsv' | 'json' | 'jsonl';
  text: string;
  url: string;
  file: string;
}

const HEADERS = ['url', 'a', 'b c', '_url0', '7', 'a', 'x!y', 'é', '_repindex', 'k.v'];
const URLS = [
  'https://a.org/x/y.tar.gz',
  'http://A.org:8080//x//y.b.verylong.c/',
  'https://a.org/.x;v=1/z;w?q=1#f',
  'https://a.org',
  'https://a.org/x%20y/..a..b',
  'ftp://a.org/a.b.c.d',
  'https://a.org/a.five5.json.four',
  ''
];
const cell = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...URLS) },
  fc.string({
    unit: fc.constantFrom('a', 'B', 'İ', '"', ',', '\t', '\n', '\r', ' ', '.', '/', '{', '}', 'é', '😀'),
    maxLength: 5
  })
);
/** As a spreadsheet would write it, or as it stands, quotes and all. */
const written = (separator: string) =>
  fc
    .tuple(cell, fc.integer({ min: 0, max: 4 }))
    .map(([text, raw]) =>
      raw > 0 && new RegExp(`["\\n\\r${separator}]`, 'u').test(text) ? `"${text.replaceAll('"', '""')}"` : text
    );
const header = fc
  .tuple(fc.constant('url'), fc.array(fc.constantFrom(...HEADERS), { maxLength: 3 }))
  .map(([one, more]) => [one, ...more]);
const separated = fc.constantFrom('csv' as const, 'tsv' as const).chain(type => {
  const separator = type === 'csv' ? ',' : '\t';
  return fc
    .tuple(
      header,
      fc.array(fc.array(written(separator), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
      fc.boolean()
    )
    .map(([names, rows, end]) => ({
      type,
      text: [names, ...rows].map(row => row.join(separator)).join('\n') + (end ? '\n' : '')
    }));
});
const value = fc.oneof({ weight: 4, arbitrary: cell }, fc.integer(), fc.boolean(), fc.constantFrom(null, 1.5, [1], { a: 1 }));
const records = fc
  .array(fc.dictionary(fc.constantFrom(...HEADERS), value, { minKeys: 1 }), { minLength: 1, maxLength: 4 })
  .chain(list =>
    fc.constantFrom(
      { type: 'json' as const, text: JSON.stringify(list) },
      { type: 'jsonl' as const, text: list.map(record => JSON.stringify(record)).join('\n') }
    )
  );
const field = fc.constantFrom(
  ...HEADERS.map(name => `{${name}}`),
  ...['{0}', '{1}', '{9}', '{a!l}', '{url!l}', '{_url1}', '{_url_hostname}', '{_url_basename}', '{_url_basename_root}'],
  ...[
    '{_url_basename_ext}',
    '{_url_basename_root_py}',
    '{_url_basename_ext_py}',
    '{a.upper}',
    '{a[0]}',
    '{ a }',
    '{-1}',
    '{none}'
  ],
  ...['{{', '}}', '{', '}', 'd/', '-', 'é', '{}', '{a:>5}', '{a!r}', '{+0}', '{０}', '{1_0}']
);
const format = (first: string) =>
  fc.tuple(fc.constantFrom(first, ''), fc.array(field, { maxLength: 3 })).map(([one, more]) => one + more.join(''));
const anyCase: fc.Arbitrary<ICase> = fc
  .tuple(fc.oneof(separated, records), fc.oneof(fc.constant('{url}'), format('{url}')), format('{_url_basename}'))
  .map(([table, url, file]) => ({ ...table, url, file }));

describe('rows of a table', () => {
  const place = usePlace(() => ({}));

  it('are what DataLad makes of them, or are refused', async () => {
    const cases = fc.sample(anyCase, 10_000);
    const file = place.workspace.path('cases.json');
    await writeFile(file, JSON.stringify(cases));
    const theirs = JSON.parse(await place.workspace.run('python', ['-c', PYTHON, file])) as ([number, string, string][] | null)[];
    let equal = 0;
    cases.forEach((one, at) => {
      const ours = ownRows(one);
      const their = theirs[at] ?? null;
      // We refuse more than DataLad does, and take lines that are empty; what both take has to be the same.
      if (ours !== null && !(their === null && EMPTY.test(one.text.replace(/\n$/u, '')))) {
        same({ ...one, rows: ours }, { ...one, rows: their });
        equal += ours.length;
      }
    });
    expect(equal).toBeGreaterThan(500);
  });
});

/** Null where anything is refused. */
function ownRows({ type, text, url, file }: ICase): [number, string, string][] | null {
  try {
    const expanded = expand(readTable(`t.${type}`, text), { url, file });
    if ('why' in expanded || expanded.rows.some(({ flaw }) => flaw !== null)) {
      return null;
    }
    return expanded.rows.map(row => [row.row, row.url, row.file.replaceAll('//', '/')]);
  } catch {
    return null;
  }
}
