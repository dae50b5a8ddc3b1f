/** A pattern of git-annex with what it was made from. */
export interface Glob {
  readonly pattern: string;
  readonly regexp: RegExp;
}

/**
 * A pattern as git-annex takes it: `*` and `?` stand for slashes, too, so that `*.csv` is any CSV file in any folder, and the whole path has
 * to fit. Null where a bracket is not closed.
 */
export function compileGlob(pattern: string): Glob | null {
  let source = '';
  for (let at = 0; at < pattern.length;) {
    const char = pattern.charAt(at);
    if (char === '[') {
      const end = pattern.indexOf(']', at + 1);
      const inside = pattern.slice(at + 1, end < 0 ? undefined : end);
      // An empty bracket, or one that is not closed, is none that anybody could mean; git-annex gives up on it.
      if (end < 0 || inside === '' || inside === '!') {
        return null;
      }
      source += `[${inside.startsWith('!') ? `^${escapeSet(inside.slice(1))}` : escapeSet(inside)}]`;
      at = end + 1;
    } else {
      source += char === '*' ? '.*' : char === '?' ? '.' : escape(char);
      at += 1;
    }
  }
  try {
    return { pattern, regexp: new RegExp(`^${source}$`, 'u') };
  } catch {
    return null;
  }
}

function escape(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');
}

/** Ranges keep their meaning; nothing else has one. */
function escapeSet(text: string): string {
  return text.replace(/[\\^[\]]/gu, '\\$&');
}
