import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { decodePath } from '../bytes';
import { parseEntries } from '../git/config';
import { run } from '../process/run';

/** Key, with section and name in lower case, and value of one line of a git configuration file. */
export type ConfigEntry = readonly [key: string, value: string];

const SECTION = /^\[([A-Za-z0-9-]+)(?: "([^"\\]*)")?\]$/u;
/** A tab inside of a value stays out: git reads it as a blank up to version 2.44, and as a tab since. */
const ENTRY = /^[ \t]*([A-Za-z][A-Za-z0-9-]*)[ \t]*=[ \t]*([^"\\#;\t]*?)[ \t]*$/u;
const IDLE = /^[ \t]*(?:[#;].*)?$/u;
/** Anything that could make git see lines where we see none, or the other way round. */
const ODD = /[^\P{Cc}\t\n]/u;

/**
 * Reads a configuration file that is written as git, git-annex and DataLad write theirs. Null for any other: quotes, comments behind
 * values, continued lines and the like are for git itself to read, since a parser that differs in one detail from git's could be lied to.
 */
export function readPlainConfig(text: string): ConfigEntry[] | null {
  if (ODD.test(text)) {
    return null;
  }
  const entries: ConfigEntry[] = [];
  let section: string | null = null;
  for (const line of text.split('\n')) {
    const [, name, subsection] = SECTION.exec(line) ?? [];
    const [, key, value = ''] = name === undefined ? (ENTRY.exec(line) ?? []) : [];
    if (name !== undefined) {
      section = name.toLowerCase() + (subsection === undefined ? '' : `.${subsection}`);
    } else if (key !== undefined && section !== null) {
      entries.push([`${section}.${key.toLowerCase()}`, value]);
    } else if (!IDLE.test(line)) {
      return null;
    }
  }
  return entries;
}

/** The entries of a configuration file, includes not followed; null where git itself cannot read it. Starts git for unusual files only. */
export async function readConfigText(content: Buffer, env: Readonly<Record<string, string>>): Promise<ConfigEntry[] | null> {
  const plain = readPlainConfig(decodePath(content));
  if (plain !== null) {
    return plain;
  }
  // From standard input, so that what is judged is what was read; a folder without a repository, whose own settings git would read.
  const args = ['config', '--file', '-', '--no-includes', '-z', '--list'];
  const result = await run('git', args, { cwd: '/', env: { ...env }, timeout: 10_000, input: content });
  return result.code === 0 ? parseEntries(result.stdout) : null;
}

/** The files that settings include, whether their conditions hold or not; those whose place cannot be told are missing. */
export function includedFiles(entries: readonly ConfigEntry[], file: string, env: Readonly<Record<string, string>>): string[] {
  return entries
    .filter(([key]) => isInclude(key))
    .map(([, value]) => {
      const home = env['HOME'] ?? homedir();
      const path = value.startsWith('~/') ? join(home, value.slice(2)) : value;
      return isAbsolute(path) ? path : join(dirname(file), path);
    });
}

/** Whether a key makes git read settings from another file. */
export function isInclude(key: string): boolean {
  return key === 'include.path' || (key.startsWith('includeif.') && key.endsWith('.path'));
}
