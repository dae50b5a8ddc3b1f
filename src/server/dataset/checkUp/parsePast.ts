import type { FoundCommit } from '../../../protocol/checkUp';
import { displayName } from '../../bytes';
import { splitZero } from '../../git/split';

/** A blob that a commit brought to a place. */
export interface IBrought {
  readonly oid: string;
  readonly path: string;
  readonly commit: FoundCommit;
}

const HEAD = /^>([0-9a-f]+) (\d+) (.*)$/su;
/** The first one of a commit stands on a line of its own. */
const CHANGE = /^\n?:\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*$/u;
const FILE = /^(?:100\d{3}|120000)$/u;

/** Reads `git log --raw -z --no-renames --format=>%H %ct %s`: what each commit brought, in git's order; other fields are passed over. */
export function* parsePast(output: Uint8Array): Generator<IBrought> {
  let commit: FoundCommit | null = null;
  const fields = splitZero(output).values();
  for (const field of fields) {
    const [, id, time, subject = ''] = HEAD.exec(field) ?? [];
    if (id !== undefined) {
      commit = { id, time: Number(time), subject: displayName(subject) };
      continue;
    }
    const [, mode = '', oid] = CHANGE.exec(field) ?? [];
    // Taken whatever it looks like: a name may look like what stands before it.
    const path = oid === undefined ? undefined : fields.next().value;
    if (oid !== undefined && path !== undefined && commit !== null && FILE.test(mode)) {
      yield { oid, path, commit };
    }
  }
}
