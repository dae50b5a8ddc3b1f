import { splitZero } from './split';

const UNITS: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** Git's configuration of one repository: the last value wins, as in git. */
export class GitConfig {
  private readonly values = new Map<string, string[]>();

  constructor(entries: readonly (readonly [key: string, value: string])[]) {
    entries.forEach(([key, value]) => this.values.set(key, [...this.all(key), value]));
  }

  /** `key` with section and name in lower case: `remote.Origin.annex-uuid`. */
  get(key: string): string | undefined {
    return this.values.get(key)?.at(-1);
  }

  /** All values of a key that may have several, in their order. */
  all(key: string): readonly string[] {
    return this.values.get(key) ?? [];
  }

  /** Git's booleans: words, and numbers that are not zero; an empty value is false, and so is what git would not take for either. */
  flag(key: string): boolean {
    const value = this.get(key)?.toLowerCase() ?? '';
    const [, digits, unit = ''] = /^[+-]?(\d+)([kmg]?)$/u.exec(value) ?? [];
    // A number that is too large for git is no boolean to it.
    const number = Number(digits ?? 0) * (UNITS[unit] ?? 1);
    return ['true', 'yes', 'on'].includes(value) || (number > 0 && number < 2 ** 31);
  }

  /** The names between a section and a key: those of remotes for `remote`. */
  subsections(section: string): string[] {
    const names = [...this.values.keys()]
      .filter(key => key.startsWith(`${section}.`) && key.indexOf('.') !== key.lastIndexOf('.'))
      .map(key => key.slice(section.length + 1, key.lastIndexOf('.')));
    return [...new Set(names)];
  }
}

/** Reads `git config --list --show-origin -z`: fields like `file:.git/config`, each before an entry; with the files that were named. */
export function parseConfigWithOrigins(output: Uint8Array): { config: GitConfig; files: string[] } {
  const fields = splitZero(output);
  const origins = fields.filter((_, at) => at % 2 === 0);
  const entries = fields.filter((_, at) => at % 2 === 1).map(entryOf);
  const files = origins.filter(origin => origin.startsWith('file:')).map(origin => origin.slice('file:'.length));
  return { config: new GitConfig(entries), files: [...new Set(files)] };
}

/** Reads `git config --list -z`: `<key>\n<value>`, or `<key>` alone, which means `true`. All values of a key, in their order. */
export function parseEntries(output: Uint8Array): (readonly [key: string, value: string])[] {
  return splitZero(output).map(entryOf);
}

function entryOf(field: string): readonly [key: string, value: string] {
  const line = field.indexOf('\n');
  return line < 0 ? [field, 'true'] : [field.slice(0, line), field.slice(line + 1)];
}
