import { fail } from '../../protocol/failure';
import { splitZero } from './split';

/** One record of `git diff-index --raw -z` or `git diff-files --raw -z`, without rename detection. */
export interface IRawChange {
  oldMode: string;
  newMode: string;
  oldOid: string;
  /** All zeros where git did not look at the content. */
  newOid: string;
  status: 'A' | 'D' | 'M' | 'T' | 'U';
  path: string;
}

const HEAD = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([ADMTU])\d*$/;

/** Reads records as git prints them with `--raw -z --no-renames --abbrev=…` full ids: a head field, then a path field. */
export function parseRawDiff(output: Uint8Array): IRawChange[] {
  const fields = splitZero(output);
  const changes: IRawChange[] = [];
  for (let at = 0; at < fields.length; at += 2) {
    const [, oldMode, newMode, oldOid, newOid, status] = HEAD.exec(fields[at] ?? '') ?? [];
    const path = fields[at + 1];
    if (oldMode === undefined || !newMode || !oldOid || !newOid || !status || !path) {
      fail('unknown', 'git listed changes in an unknown way.', { detail: fields[at] ?? '' });
    }
    changes.push({ oldMode, newMode, oldOid, newOid, status: status as IRawChange['status'], path });
  }
  return changes;
}
