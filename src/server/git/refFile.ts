import { join } from 'node:path';
import { decodePath, encodePath } from '../bytes';
import { readRegular } from '../regularFile';
import type { IRepositoryFolder } from './repositoryFolder';

const OID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * The commit of a ref, read from the files that git keeps refs in, without a process; null where they do not tell: there is no such
 * ref, it stands for another one, or refs are kept in another way.
 */
export async function readRefFile({ commonDir }: IRepositoryFolder, ref: string): Promise<string | null> {
  const loose = await readRegular(join(commonDir, ref));
  if (loose !== null) {
    return oidOf(loose.toString('latin1'));
  }
  const packed = await readRegular(join(commonDir, 'packed-refs'));
  return packed === null ? null : findPacked(packed, ref);
}

/** The commit of a ref in the text of `packed-refs`: lines of `<oid> <ref>`, some of them followed by `^<oid>`. */
export function findPacked(packed: Buffer, ref: string): string | null {
  // No ref has a space in its name.
  const end = packed.indexOf(Buffer.concat([Buffer.from(' '), encodePath(ref), Buffer.from('\n')]));
  return end < 0 ? null : oidOf(packed.toString('latin1', packed.lastIndexOf(0x0a, end) + 1, end));
}

/** The branch that is checked out, by its full name, and its commit; null where the files do not tell. */
export async function readHeadFile(folder: IRepositoryFolder): Promise<{ ref: string | null; commit: string } | null> {
  const head = await readRegular(join(folder.gitDir, 'HEAD'));
  const text = head === null ? '' : decodePath(head).replace(/\n$/, '');
  const ref = /^ref: (refs\/heads\/.+)$/s.exec(text)?.[1] ?? null;
  const commit = ref === null ? oidOf(text) : await readRefFile(folder, ref);
  return commit === null ? null : { ref, commit };
}

function oidOf(text: string): string | null {
  const oid = text.trimEnd();
  return OID.test(oid) ? oid : null;
}
