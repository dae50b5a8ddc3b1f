import { fail } from '../../../protocol/failure';
import { splitZero } from '../../git/split';

/** What a commit did to one path. */
export interface IChangedEntry {
  oldMode: string;
  newMode: string;
  oldOid: string;
  newOid: string;
  status: 'A' | 'D' | 'M' | 'T' | 'R';
  path: string;
  /** Of a rename. */
  oldPath?: string;
}

const HEAD = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([ADMTR])\d*$/u;

/** Reads `git diff-tree --raw -z`, with renames: a head, and one path, or of a rename the old and the new one. */
export function parseChangedEntries(output: Uint8Array): IChangedEntry[] {
  const fields = splitZero(output);
  const entries: IChangedEntry[] = [];
  for (let at = 0; at < fields.length;) {
    const [, oldMode = '', newMode = '', oldOid = '', newOid = '', status = ''] = HEAD.exec(fields[at] ?? '') ?? [];
    const names = fields.slice(at + 1, at + (status === 'R' ? 3 : 2));
    const path = names.at(-1);
    if (status === '' || !path || names.length < (status === 'R' ? 2 : 1)) {
      fail('unknown', 'git listed changes in an unknown way.', { detail: fields[at] ?? '' });
    }
    const renamed = status === 'R' ? { oldPath: names[0] ?? '' } : {};
    entries.push({ oldMode, newMode, oldOid, newOid, status: status as IChangedEntry['status'], path, ...renamed });
    at += 1 + names.length;
  }
  return entries;
}
