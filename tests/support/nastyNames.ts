import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodePath, encodePath, fsPath } from '../../src/server/bytes';
import { parseIndex } from '../../src/server/git/entry';
import { run } from '../../src/server/process/run';
import type { Workspace } from './workspace';

function bytes(...values: number[]): string {
  return decodePath(Buffer.from(values));
}

/** Names of files that something on the way to them may take for something else; a file that obeys them would be called PWNED. */
export const WELL_FORMED_NAMES: readonly string[] = [
  // Plain ones, which the others must not touch.
  'plain',
  'caf',
  'n',
  'a',
  // White space and control characters.
  ' ',
  ' x',
  'x ',
  'x  ',
  'tab\tx',
  'cr\rx',
  'vt\x0bff\x0c',
  'fs\x1c\x1dgs',
  'esc\x1b[31mred\x1b[0m',
  'osc\x1b]0;title\x07',
  'bel\x07',
  'del\x7f',
  'c1\u009b31m',
  'nel\u0085x',
  'ls\u2028ps\u2029',
  'nbsp\u00a0x',
  // Options.
  '-',
  '--',
  '-n',
  '-J9.bin',
  '--help',
  '--force',
  '--all',
  // Shell and globs.
  'quo"te',
  "it's",
  '`touch PWNED`',
  '$(touch PWNED)',
  '$HOME',
  '${IFS}',
  '; touch PWNED',
  '| cat',
  '&',
  '&& x',
  '> PWNED',
  '*',
  '?',
  '[a-z]',
  '{a,b}',
  '!',
  '!!',
  '~',
  '~root',
  '#c',
  '\\',
  '\\n',
  'back\\slash',
  '%s%n',
  '%41',
  'a%2Fb',
  // Git and git-annex.
  ':',
  ':(glob)**',
  ':!x',
  ':(top)',
  'HEAD',
  'refs',
  '@',
  '@{u}',
  'HEAD^',
  'a..b',
  '..x',
  '...',
  '.x',
  'x.',
  'index.lock',
  'x.lock',
  '.git-',
  'include=*',
  'key:value',
  // Unicode: both normal forms, directions, nothing to see, look-alikes.
  'é1',
  'e\u03011',
  'Å',
  '\u212b',
  '\u202egpj.x',
  '\u2066iso\u2069',
  'zero\u200bwidth',
  '\u200b',
  'zwj\u200d',
  '\ufeffbom',
  '😀',
  'аdmin',
  'שלום 12.bin',
  'مرحبا (3)',
  'ﬁ',
  'İ',
  'ſ',
  '\ufffd',
  '\uffff',
  // Length.
  'L'.repeat(255),
  'é'.repeat(127),
  // What looks like something else on our own way.
  'bytes:',
  'bytes:YWJj',
  'RTC:x',
  '<img src=x onerror=alert(1)>',
  '<script>x',
  '&lt;',
  'null',
  'constructor',
  '__proto__',
  '[object Object]'
];

/** Names that DataLad and git-annex lose: see `src/server/datalad/lostNames.ts`. */
export const LOST_NAMES: readonly string[] = [
  'new\nline',
  '\n',
  'end\n',
  '-n\n-x',
  'a\n',
  'crlf\r\nx',
  // No UTF-8: Latin-1, broken, overlong, half a pair, cut off.
  decodePath(Buffer.from('caf\xe9', 'latin1')),
  bytes(0xff),
  `b${bytes(0xff)}d`,
  bytes(0xc0, 0xaf),
  bytes(0xed, 0xa0, 0x80),
  bytes(0xe2, 0x82),
  `-${bytes(0xfe)}`,
  `*${bytes(0xfe)}`
];

/** Both faults in one name. */
export const WORST_NAME = `nl\n${bytes(0xff)}`;

export const NASTY_NAMES: readonly string[] = [...WELL_FORMED_NAMES, ...LOST_NAMES, WORST_NAME];

/** What the file at a path of {@link makeNastyDataset} holds. */
export function contentAt(path: string): Buffer {
  return Buffer.concat([Buffer.from('content of '), encodePath(path)]);
}

/** The ways in which each name occurs in {@link makeNastyDataset}. */
export const PLACES = {
  /** Annexed and locked, at the top. */
  locked: (name: string): string => name,
  unlocked: (name: string): string => `u/${name}`,
  git: (name: string): string => `g/${name}`,
  /** In a folder of that name. */
  folder: (name: string): string => `d/${name}/in`
};

/** Where a plain name stands in for each, as deep as it lies: links to content are relative. */
const SAME_DEPTH: Readonly<Record<keyof typeof PLACES, string>> = { locked: '', unlocked: 'u/', git: 'g/', folder: 'd/x/' };

/**
 * Makes a dataset in which each name occurs at all {@link PLACES}, and a clone of it that has no content. The source has no working tree:
 * the tools could not make one.
 */
export async function makeNastyDataset(workspace: Workspace, path: string, names: readonly string[]): Promise<string> {
  const source = join(workspace.sources, path);
  const target = workspace.path(path);
  await mkdir(source, { recursive: true });
  await workspace.git(['init', '-q'], source);
  await workspace.annex(['init', '-q', 'source'], source);
  const wanted = new Map<string, string>([['config', '.datalad/config']]);
  await writeFile(join(source, 'config'), '[datalad "dataset"]\n\tid = 6f0a3f5e-5f6e-4f0e-8a5b-000000000001\n');
  for (const [place, at] of Object.entries(PLACES)) {
    await mkdir(join(source, SAME_DEPTH[place as keyof typeof PLACES]), { recursive: true });
    for (const [index, name] of names.entries()) {
      const path = `${SAME_DEPTH[place as keyof typeof PLACES]}${index}`;
      wanted.set(path, at(name));
      await writeFile(join(source, path), contentAt(at(name)));
    }
  }
  await workspace.git(['add', 'config', SAME_DEPTH.git], source);
  await workspace.git(['-c', 'annex.addunlocked=true', 'annex', 'add', '-q', '--force-large', SAME_DEPTH.unlocked], source);
  await workspace.annex(['add', '-q', '--force-large', '.'], source);
  const staged = parseIndex(Buffer.from(await workspace.git(['ls-files', '-s', '-z'], source)));
  const lines = staged.map(({ mode, oid, path: name }) => `${mode} ${oid} 0\t${wanted.get(name) ?? name}\0`);
  await workspace.git(['read-tree', '--empty'], source);
  await feed(workspace, source, ['update-index', '-z', '--index-info'], lines.join(''));
  await workspace.git(['commit', '-q', '--no-verify', '-m', 'Start'], source);
  await mkdir(dirname(target), { recursive: true });
  await workspace.git(['clone', '-q', source, target], workspace.base);
  await workspace.annex(['init', '-q', 'clone'], target);
  return target;
}

/** Runs git with bytes on its standard input. */
async function feed(workspace: Workspace, cwd: string, args: readonly string[], input: string): Promise<void> {
  const { code, stderr } = await run('git', args, { cwd, env: workspace.env, timeout: 60_000, input: encodePath(input) });
  if (code !== 0) {
    throw new Error(`git ${args.join(' ')}: ${stderr}`);
  }
}

/** Writes a file whose name may be any bytes, with the folders around it. */
export async function writeNasty(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(fsPath(dirname(path)), { recursive: true });
  await writeFile(fsPath(path), content);
}

/**
 * Cuts items in two, in several ways: for any two of them there is a cut that parts them. What an action does to one item by mistake,
 * because of another, shows in some cut.
 */
export function* splits<T>(items: readonly T[]): Generator<[one: T[], other: T[]]> {
  for (let bit = 1; bit < items.length; bit *= 2) {
    yield [items.filter((_, index) => (index & bit) !== 0), items.filter((_, index) => (index & bit) === 0)];
  }
}
