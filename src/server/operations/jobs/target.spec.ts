import { mkdir, mkdtemp, readdir, realpath, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FailureError } from '../../../protocol/failure';
import type { AbsolutePath } from '../../paths';
import { prepareTarget } from './target';

const BROKEN = new FailureError({ kind: 'clone-failed', message: 'It broke.' });
const TAKEN = new FailureError({ kind: 'not-empty', message: 'It is taken.' });

describe('a target that is removed', () => {
  let root: string;
  const at = (path: string): AbsolutePath => join(root, path) as AbsolutePath;
  const write = async (path: string): Promise<void> => {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), 'data');
  };

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'target-')));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  it('takes along the folders made for it', async () => {
    const target = await prepareTarget(at('a/b/clone'), root as AbsolutePath);
    await write('a/b/clone/.git/config');
    await write('a/b/clone/data.txt');
    await target.remove(BROKEN);
    expect(await readdir(root)).toEqual([]);
  });

  it('leaves what stands beside it in such a folder', async () => {
    const target = await prepareTarget(at('new/one'), root as AbsolutePath);
    await write('new/one/.git/config');
    await write('new/two/data.txt');
    await target.remove(BROKEN);
    expect(await readdir(at('new'))).toEqual(['two']);
    expect(await readFile(at('new/two/data.txt'), 'utf8')).toBe('data');
  });

  it('leaves an empty folder that was there', async () => {
    await mkdir(at('empty'));
    const target = await prepareTarget(at('empty'), root as AbsolutePath);
    await write('empty/.git/config');
    await target.remove(BROKEN);
    expect(await readdir(root)).toEqual(['empty']);
    expect(await readdir(at('empty'))).toEqual([]);
  });

  it('leaves what somebody else put there meanwhile', async () => {
    const files = await prepareTarget(at('files'), root as AbsolutePath);
    await write('files/data.txt');
    await files.remove(BROKEN);
    const clone = await prepareTarget(at('clone'), root as AbsolutePath);
    await write('clone/.git/config');
    await clone.remove(TAKEN);
    await write('elsewhere/.git/config');
    const link = await prepareTarget(at('link'), root as AbsolutePath);
    await symlink(at('elsewhere'), at('link'));
    await link.remove(BROKEN);
    expect(await readdir(at('files'))).toEqual(['data.txt']);
    expect(await readdir(at('clone/.git'))).toEqual(['config']);
    expect(await readdir(at('elsewhere/.git'))).toEqual(['config']);
  });
});
