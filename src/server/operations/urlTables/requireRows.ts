import { fail } from '../../../protocol/failure';
import type { IfExists, RowFlaw } from '../../../protocol/urlTable';
import type { ILooked } from './look';

/** Rows named in a failure. */
const NAMED = 10;

const WORDS: Record<RowFlaw, string> = {
  missing: 'a column is missing',
  'no-text': 'what stands in a column is no text and no whole number',
  'no-address': 'there is no address',
  scheme: 'nothing can be downloaded from this kind of address',
  'lost-secret': 'the secret in the address was not kept',
  secret: 'there is a password or a key in the address',
  torrent: 'git-annex would follow the torrent',
  'no-name': 'there is no name for the file',
  'bad-name': 'DataLad cannot work with this name',
  outside: 'this is no place in the dataset',
  subdataset: 'DataLad would make a subdataset',
  own: 'this file says how the dataset works',
  twice: 'another row goes to the same place',
  taken: 'there is something at this place already',
  'in-the-way': 'something is where a folder is needed',
  ignored: '.gitignore keeps this file out of the dataset'
};

/** Fails with `bad-table` unless every row of a table can be downloaded to its place, or is skipped, and there is at least one. */
export function requireRows({ flaw, rows }: Pick<ILooked, 'flaw' | 'rows'>, ifExists: IfExists): void {
  if (flaw !== null) {
    fail('bad-table', `One of the formats is wrong: ${flaw.name}`, {
      hint: 'A format names columns in braces.',
      parameters: { why: 'format', name: flaw.name }
    });
  }
  const flawed = rows.filter(row => row.flaw !== null && !(ifExists === 'skip' && row.flaw === 'taken'));
  const [first] = flawed;
  if (first !== undefined && first.flaw !== null) {
    fail('bad-table', `Nothing was downloaded, because of row ${first.row}: ${WORDS[first.flaw]}.`, {
      hint: 'Mend the table or the formats.',
      detail: flawed
        .slice(0, NAMED)
        .flatMap(({ row, file, flaw: why }) => (why === null ? [] : [`${row}: ${WORDS[why]}${file === '' ? '' : ` (${file})`}`]))
        .join('\n'),
      parameters: { why: 'row', flaw: first.flaw, row: first.row, rows: flawed.length }
    });
  }
  if (rows.length === 0) {
    fail('bad-table', 'There is no row with an address in this table.', { parameters: { why: 'empty' } });
  }
}
