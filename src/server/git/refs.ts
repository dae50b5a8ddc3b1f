import type { GitReader } from './reader';

export interface IHead {
  /** Full name of the checked-out branch; null when detached. */
  ref: string | null;
  /** Null before the first commit. */
  commit: string | null;
}

/** Reads HEAD without changing anything. */
export async function readHead(git: GitReader): Promise<IHead> {
  const [ref, commit] = await Promise.all([
    git.say(['symbolic-ref', '-q', 'HEAD']),
    git.say(['rev-parse', '-q', '--verify', 'HEAD^{commit}'])
  ]);
  return { ref: ref || null, commit: commit || null };
}

/** Commits of refs by full name, limited to the given prefixes or patterns. */
export async function readRefs(git: GitReader, patterns: readonly string[]): Promise<Map<string, string>> {
  return parseRefs(await git.say(['for-each-ref', '--format=%(objectname) %(refname)', ...patterns]));
}

/** Reads `git for-each-ref`: `<oid> <ref>`, a line each. */
export function parseRefs(output: string): Map<string, string> {
  const refs = output.split('\n').filter(Boolean);
  return new Map(refs.map(text => [text.slice(text.indexOf(' ') + 1), text.slice(0, text.indexOf(' '))]));
}
