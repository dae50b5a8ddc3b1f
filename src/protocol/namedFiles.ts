/** What a source may do with a file that it names. */
export interface INamedFile {
  readonly name: string;
  /** It stands where files are written, as far as anybody can tell without executing it. */
  readonly written: boolean;
}

const LONGEST = 300;
const MOST = 500;
/** Text between quotes; triple ones are documentation. */
const LITERAL = /"""[\s\S]*?"""|'''[\s\S]*?'''|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/gu;
/** A call that writes, up to its first argument. */
const WRITES = /(?:\bto_\w+|\bsave\w*|\bwrite[\w.]*|\bdump\w*|\bimsave|\bsavefig|\bsavez?\w*|>)\s*\(?[^()'"]*$/iu;
/** A mode of writing as the next argument. */
const WRITE_MODE = /^\s*,\s*(?:mode\s*=\s*)?['"][rb]?[wax+][bt+]?['"]/u;

/** The literal texts of a source that could be names of files, in whatever language: what they are is for others to look at. */
export function namedFiles(source: string): INamedFile[] {
  const found = new Map<string, INamedFile>();
  for (const match of source.matchAll(LITERAL)) {
    const name = match[1] ?? match[2];
    if (name === undefined || name.length > LONGEST || !/^[^\\\0]*[\p{L}\p{N}][^\\\0]*$/u.test(name) || found.size >= MOST) {
      continue;
    }
    const end = match.index + match[0].length;
    const before = source.slice(source.lastIndexOf('\n', match.index) + 1, match.index);
    const written = WRITES.test(before) || WRITE_MODE.test(source.slice(end, end + 40));
    found.set(name, { name, written: written || (found.get(name)?.written ?? false) });
  }
  return [...found.values()];
}
