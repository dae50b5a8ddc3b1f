import type { FoundCommit } from '../../../protocol/checkUp';

/** A blob that a commit brought to a place. */
export interface IBrought {
  readonly oid: string;
  readonly path: string;
  readonly commit: FoundCommit;
}

const HEAD = /^>([0-9a-f]+) (\d+) (.*)$/u;
const CHANGE = /^:\d{6} (?:100\d{3}|120000) [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*\t(.*)$/u;

/** Reads `git log --raw --format=>%H %ct %s`: what each commit brought, in git's order; other lines are passed over. */
export function* parsePast(output: string): Generator<IBrought> {
  let commit: FoundCommit | null = null;
  for (const line of output.split('\n')) {
    const [, id, time, subject = ''] = HEAD.exec(line) ?? [];
    if (id !== undefined) {
      commit = { id, time: Number(time), subject };
      continue;
    }
    const [, oid, path = ''] = CHANGE.exec(line) ?? [];
    if (oid !== undefined && commit !== null) {
      yield { oid, path: path.replace(/^"(.*)"$/u, '$1'), commit };
    }
  }
}
