import { fail } from '../../protocol/failure';
import { splitZero } from './split';

/** One entry of a tree or of the index. */
export interface IGitEntry {
  /** Six octal digits, such as `100644`. */
  mode: string;
  oid: string;
  /** Relative to the top of the work tree. */
  path: string;
  /** 0, but 1 to 3 while there is a conflict; trees have none. */
  stage: number;
}

export const GITLINK = '160000';
export const SYMLINK = '120000';
export const TREE = '040000';

/** Whether a mode is that of a regular file. */
export function isRegular(mode: string): boolean {
  return mode.startsWith('100');
}

const TREE_ENTRY = /^(\d{6}) [a-z]+ ([0-9a-f]{40,64})\t(.+)$/s;
const INDEX_ENTRY = /^(\d{6}) ([0-9a-f]{40,64}) ([0-3])\t(.+)$/s;

/** Reads `git ls-tree -z`: `<mode> <type> <oid>\t<path>`. */
export function parseTree(output: Uint8Array): IGitEntry[] {
  return splitZero(output).map(field => {
    const [, mode = '', oid = '', path = ''] = TREE_ENTRY.exec(field) ?? unknown(field);
    return { mode, oid, path, stage: 0 };
  });
}

/** Reads `git ls-files -s -z`: `<mode> <oid> <stage>\t<path>`. */
export function parseIndex(output: Uint8Array): IGitEntry[] {
  return splitZero(output).map(field => {
    const [, mode = '', oid = '', stage, path = ''] = INDEX_ENTRY.exec(field) ?? unknown(field);
    return { mode, oid, path, stage: Number(stage) };
  });
}

function unknown(field: string): never {
  return fail('unknown', 'git listed files in an unknown way.', { detail: field });
}
