import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitConfig, parseEntries } from './config';

/** Lines of a section as they stand in a file. */
const LINES = [
  ...['v', 'v =', 'v = ""', 'v = true', 'v = TRUE', 'v = Yes', 'v = on', 'v = false', 'v = no', 'v = OFF'],
  ...[
    'v = 0',
    'v = 00',
    'v = 1',
    'v = 2',
    'v = -1',
    'v = +3',
    'v = 010',
    'v = 1k',
    'v = 0k',
    'v = 5G',
    'v = tru',
    'v = 1x',
    'v = y'
  ]
];

describe('booleans of a configuration', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'datalad-config-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(LINES)('[a] %s: as git takes them, and false where git takes them for none', line => {
    const file = join(folder, 'config');
    writeFileSync(file, `[a]\n\t${line}\n`);
    const git = (...args: string[]): Buffer =>
      execFileSync('git', ['config', '--file', file, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    const flag = new GitConfig(parseEntries(git('--list', '-z'))).flag('a.v');
    let says = 'no boolean\n';
    try {
      says = git('--type=bool', '--get', 'a.v').toString();
    } catch {
      // A value that is none.
    }
    expect(`${flag}\n`).toBe(says === 'true\n' ? says : 'false\n');
  });

  it('are false where nothing is said', () => {
    expect(new GitConfig([]).flag('a.v')).toBe(false);
  });
});
