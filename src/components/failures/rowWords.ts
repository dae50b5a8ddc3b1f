import type { TranslationBundle } from '@jupyterlab/translation';
import type { RowFlaw } from '../../protocol/urlTable';

/** Why nothing can be downloaded for a row of a table, in a sentence. */
export function rowWords(flaw: RowFlaw, trans: TranslationBundle): string {
  const words: Record<RowFlaw, string> = {
    missing: trans.__('A column is missing in this row.'),
    'no-text': trans.__('What stands in a column is no text and no whole number.'),
    'no-address': trans.__('This is no address.'),
    scheme: trans.__('Nothing can be downloaded from this kind of address: git-annex takes https, http and ftp.'),
    'lost-secret': trans.__('The secret in this address was not kept.'),
    secret: trans.__('There is a password or a key in this address, which everybody who has the dataset could read.'),
    torrent: trans.__('git-annex would follow the torrent instead of downloading it.'),
    'no-name': trans.__('There is no name for the file.'),
    'bad-name': trans.__('DataLad cannot work with this name: it is too long, or holds a line break.'),
    outside: trans.__('This is no place in the dataset.'),
    subdataset: trans.__('Two slashes would make a subdataset, which is not offered here.'),
    own: trans.__('This file says how the dataset works.'),
    twice: trans.__('Another row goes to the same place.'),
    taken: trans.__('There is something at this place already.'),
    'in-the-way': trans.__('A file, a link or a subdataset is where a folder is needed.'),
    ignored: trans.__('.gitignore keeps this file out of the dataset.')
  };
  return words[flaw];
}
