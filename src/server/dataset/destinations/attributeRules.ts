import { lstat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { LargefilesRule } from '../../../protocol/destination';
import { displayName, encodePath, fsPath } from '../../bytes';
import { fitsPattern } from '../../git/attributes/attributePattern';
import { type IAttributeLine, linesSetting } from '../../git/attributes/attributesFile';
import { splitZero } from '../../git/split';
import { readRegular } from '../../regularFile';
import type { Repository } from '../repository';

const ATTRIBUTE = 'annex.largefiles';
/** A longer one has no line worth to be named. */
const LONGEST = 1_000_000;

/** What git says of `annex.largefiles` for each path; absent where no attribute sets it. */
export async function readAttributes(
  { git }: Repository,
  paths: readonly string[],
  signal: AbortSignal
): Promise<Map<string, string>> {
  const input = Buffer.concat(paths.flatMap(path => [encodePath(path), Buffer.of(0)]));
  const fields = splitZero(await git.read(['check-attr', '--stdin', '-z', ATTRIBUTE], { input, signal }));
  const values = new Map<string, string>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = '', , value = ''] = fields.slice(at, at + 3);
    // An empty value is none to git-annex, too.
    if (value !== '' && value !== 'unspecified') {
      values.set(path, value);
    }
  }
  return values;
}

/** Finds the lines that attributes come from: git tells the values, but not who sets them. */
export class AttributeLines {
  private readonly files = new Map<string, Promise<IAttributeLine[]>>();

  constructor(private readonly repository: Repository) {}

  /** The line that decides on a path, if it says what git says; a macro, or an index without the file, leave it untold. */
  async deciding(path: string, value: string): Promise<Pick<LargefilesRule, 'file' | 'line' | 'pattern'>> {
    for (const { file, below } of await this.filesFor(path)) {
      const lines = await this.read(file);
      const last = lines.findLast(({ pattern }) => fitsPattern(pattern, relative(below, path)));
      if (last !== undefined) {
        return last.value === value ? { file: this.shown(file), line: last.line, pattern: last.pattern } : {};
      }
    }
    return {};
  }

  /** Files of attributes that count for a path, the strongest first; each names paths from `below`. */
  private async filesFor(path: string): Promise<{ file: string; below: string }[]> {
    const { root, folder, git } = this.repository;
    const folders: string[] = [];
    for (let at = dirname(path); at !== '.'; at = dirname(at)) {
      folders.push(at);
    }
    const own = (await git.config()).get('core.attributesfile');
    return [
      { file: join(folder.commonDir, 'info', 'attributes'), below: '' },
      ...[...folders, ''].map(below => ({ file: join(root, below, '.gitattributes'), below })),
      ...(own?.startsWith('/') ? [{ file: own, below: '' }] : [])
    ];
  }

  private read(file: string): Promise<IAttributeLine[]> {
    const known = this.files.get(file) ?? readLines(file);
    this.files.set(file, known);
    return known;
  }

  private shown(file: string): string {
    const { root } = this.repository;
    return displayName(file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file);
  }
}

/** Git follows no link in place of this file. */
async function readLines(file: string): Promise<IAttributeLine[]> {
  const stats = await lstat(fsPath(file)).catch(() => null);
  const text = stats?.isFile() === true ? await readRegular(file, LONGEST) : null;
  return linesSetting(ATTRIBUTE, text?.toString('utf8') ?? '');
}
