import { fail } from '../../protocol/failure';
import { splitZero } from './split';

/** One record of `git diff-tree --raw -z -M`. */
export interface IRenamedDiff {
  oldMode: string;
  newMode: string;
  oldOid: string;
  newOid: string;
  status: 'A' | 'D' | 'M' | 'T' | 'U' | 'R';
  path: string;
  /** Of a renamed file. */
  oldPath?: string;
}

const HEAD = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([ADMTUR])\d*$/;

/** Reads records with full ids: a head field, then a path field, of a rename two, the old one first. */
export function parseRenamedDiff(output: Uint8Array): IRenamedDiff[] {
  const fields = splitZero(output);
  const changes: IRenamedDiff[] = [];
  for (let at = 0; at < fields.length;) {
    const head = fields[at++] ?? '';
    const [, oldMode, newMode, oldOid, newOid, status] = HEAD.exec(head) ?? [];
    const oldPath = status === 'R' ? fields[at++] : undefined;
    const path = fields[at++];
    if (oldMode === undefined || !newMode || !oldOid || !newOid || !status || !path || oldPath === '') {
      return fail('unknown', 'git listed differences in an unknown way.', { detail: head });
    }
    changes.push({
      oldMode,
      newMode,
      oldOid,
      newOid,
      status: status as IRenamedDiff['status'],
      path,
      ...(oldPath === undefined ? {} : { oldPath })
    });
  }
  return changes;
}
