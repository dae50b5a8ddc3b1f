/** How programs name a file that they could not write: shells, Python, R and the tools of every day. */
const SIGNS = [
  /Permission denied: ['"]([^'"\n]+)['"]/u,
  /(?:cannot (?:create|open|touch)(?: regular file)?|cannot open file) ['‘"]([^'’"\n]+)['’"](?: for writing)?: Permission denied/u,
  /: cannot create ([^:'"\n]+): Permission denied/u,
  /^(?:\S*sh: (?:line \d+: )?|tee: )([^:'"\n]+): Permission denied/mu
];

/**
 * The file that a command could not write, as it named it; null where that cannot be told, or where the name could not be given as an
 * output: an absolute one, or one with characters that would make it a pattern.
 */
export function deniedFile(printed: string): string | null {
  for (const sign of SIGNS) {
    const name = sign.exec(printed)?.[1]?.replace(/^\.\//u, '');
    if (name !== undefined) {
      return name.startsWith('/') || name.split('/').includes('..') || /[*?[\]{}]/u.test(name) ? null : name;
    }
  }
  return null;
}
