import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CurrentIndex } from './git/index/currentIndex';
import { GitReader } from './git/reader';
import { readHeadFile, readRefFile } from './git/refFile';
import { readRegular } from './regularFile';

describe('a file that is read', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'datalad-regular-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const pipe = (name: string): string => {
    execFileSync('mkfifo', [join(folder, name)]);
    return join(folder, name);
  };

  it('may be a link to one, and is nothing where it is not there, a folder or a pipe', async () => {
    await writeFile(join(folder, 'file'), 'content');
    await symlink('file', join(folder, 'link'));
    expect(String(await readRegular(join(folder, 'link')))).toBe('content');
    expect(await readRegular(join(folder, 'none'))).toBeNull();
    expect(await readRegular(folder)).toBeNull();
    expect(await readRegular(pipe('pipe'))).toBeNull();
  });

  it('is not waited for where pipes stand for what git writes', async () => {
    ['HEAD', 'packed-refs', 'index'].forEach(pipe);
    const place = { gitDir: folder, commonDir: folder };
    expect(await readHeadFile(place)).toBeNull();
    expect(await readRefFile(place, 'refs/heads/main')).toBeNull();
    expect(await new CurrentIndex(new GitReader(folder, {}, folder), place).read()).toBeNull();
  });
});
