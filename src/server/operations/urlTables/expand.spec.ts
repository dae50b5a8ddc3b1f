import { FailureError } from '../../../protocol/failure';
import { expand, type IExpansion } from './expand';
import { parseFormat } from './format';
import { readTable } from './table';
import { urlParts } from './urlParts';

const TABLE = readTable('t.csv', 'url,name,sub-id\nhttps://a.org/x/y.tar.gz,one,01\n,two,02\nhttps://a.org/z,"a,b",03\n');

function rowsOf(formats: { url?: string; file: string }, table = TABLE): [string, string, string | null][] {
  const { rows } = expand(table, { url: '{url}', ...formats }) as IExpansion;
  return rows.map(({ url, file, flaw }) => [url, file, flaw]);
}

function flawOf(name: string, text: string): unknown {
  try {
    return readTable(name, text);
  } catch (error) {
    return error instanceof FailureError ? error.failure.parameters?.['why'] : error;
  }
}

it('makes addresses and names of columns, and leaves out rows without an address', () => {
  expect(rowsOf({ file: 'sub-{sub-id}/{1}{{x}}' })).toEqual([
    ['https://a.org/x/y.tar.gz', 'sub-01/one{x}', null],
    ['https://a.org/z', 'sub-03/a,b{x}', null]
  ]);
  expect(rowsOf({ url: 'https://B.org/{name!l}', file: '{_url_hostname}-{_url0}' }).map(([, file]) => file)).toEqual([
    'B.org-one',
    'B.org-two',
    'B.org-a,b'
  ]);
  expect(expand(TABLE, { url: '{url}', file: '{name}' })).toMatchObject({ empty: 1 });
});

it('counts names that are repeated', () => {
  const table = readTable('t.tsv', 'url\nhttp://a/b/x.txt\nhttp://a/c/x.txt\nhttp://a/d/x.txt');
  expect(rowsOf({ file: '{_repindex}-{_url_basename}' }, table).map(([, file]) => file)).toEqual([
    '0-x.txt',
    '1-x.txt',
    '2-x.txt'
  ]);
});

it.each([
  [
    'http://a.org:80/x/y.above4.tar.gz?q=1#f',
    { _url_hostname: 'a.org:80', _url1: 'y.above4.tar.gz', _url_basename_ext: '.tar.gz' }
  ],
  ['http://a.org/.hidden', { _url_basename_root_py: '.hidden', _url_basename_ext_py: '', _url_basename_ext: '.' }],
  ['http://a.org/%20x;v=1', { _url_basename: '%20x' }],
  ['http://a.org/', { _url_hostname: 'a.org' }],
  ['mailto:a', {}]
])('takes %s to pieces', (url, parts) => {
  expect(Object.fromEntries(urlParts(url))).toMatchObject(parts);
});

it.each([
  ['{0.__class__}', 'unsupported'],
  ['{url.__class__.__init__.__globals__}', 'unsupported'],
  ['{url[0]}', 'unsupported'],
  ['{url!r}', 'unsupported'],
  ['{url:>{name}}', 'syntax'],
  ['{url:10}', 'unsupported'],
  ['{}', 'unsupported'],
  ['{_url_filename}', 'unsupported'],
  ['{url', 'syntax'],
  ['url}', 'syntax'],
  ['{{url}', 'syntax'],
  ['{nothing}', 'unknown'],
  ['{3}', 'unknown'],
  ['{-1}', 'unknown'],
  ['{__class__}', 'unknown']
])('takes no %s', (file, why) => {
  expect(expand(TABLE, { url: '{url}', file })).toMatchObject({ format: 'file', why });
});

it('says of a row what stands against it', () => {
  const table = readTable(
    't.csv',
    'url,name\nfile:///etc/passwd,a\nhttps://ada:pw@a.org/x,b\nhttps://a.org/x?token=1,c\nno,d\nhttps://a.org/x.torrent,e\ns3://b/c,f\nhttps://a.org/x'
  );
  expect(rowsOf({ file: '{name}' }, table).map(([, , flaw]) => flaw)).toEqual([
    'scheme',
    'secret',
    'secret',
    'no-address',
    'torrent',
    'scheme',
    'missing'
  ]);
  const json = readTable('t.json', '[{"url": "https://a.org/x", "name": ["a"]}, {"url": "https://a.org/y", "name": 1.0}]');
  expect(rowsOf({ file: '{name}' }, json).map(([, , flaw]) => flaw)).toEqual(['no-text', 'no-text']);
  expect(expand(json, { url: '{0}', file: '{name}' })).toMatchObject({ why: 'unknown' });
});

it('reads JSON as Python prints it', () => {
  const table = readTable(
    't.jsonl',
    '{"url": "https://a.org/x", "n": 7, "ok": true}\n\n{"url": "https://a.org/y", "n": -1, "ok": null}\n'
  );
  expect(rowsOf({ file: '{n}{ok}' }, table).map(([, file]) => file)).toEqual(['7True', '-1None']);
});

it('has no use for what is no table', () => {
  expect(flawOf('t.csv', '')).toBe('header');
  expect(flawOf('t.json', '{"url": 1}')).toBe('records');
  expect(flawOf('t.json', '[[1]]')).toBe('records');
  expect(flawOf('t.json', '[')).toBe('json');
});

it('keeps names that objects have by themselves apart from columns', () => {
  const table = readTable('t.json', '[{"__proto__": "https://a.org/x", "constructor": "c"}]');
  expect(rowsOf({ url: '{__proto__}', file: '{constructor}' }, table)).toEqual([['https://a.org/x', 'c', null]]);
  expect(parseFormat('a{{b}}')).toEqual(['a{b}']);
});
