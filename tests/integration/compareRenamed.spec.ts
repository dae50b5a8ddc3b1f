import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import type { AskedSide } from '../../src/protocol/compare';
import { useReading } from '../support/place';

jest.setTimeout(60_000);

describe('a file that has another name by now', () => {
  const place = useReading();
  const dataset = contentsPath('ds');
  const lines = 'line\n'.repeat(50);
  let then: AskedSide;
  let last: AskedSide;

  beforeAll(async () => {
    const path = await place.workspace.dataset({
      files: { 'plain.txt': 'plain\n', 'edited.txt': lines, 'gone.txt': 'gone\n' },
      annexed: { 'deep/data.bin': 5_000 }
    });
    const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, path)).trim();
    then = (await git('rev-parse', 'HEAD')) as AskedSide;
    await git('mv', 'plain.txt', 'other.txt');
    await git('mv', 'edited.txt', 'new name.txt');
    await rename(join(path, 'deep/data.bin'), join(path, 'data.bin'));
    await writeFile(join(path, 'new name.txt'), `${lines}more\n`);
    await rm(join(path, 'gone.txt'));
    // To this depth it leads by another link.
    await place.workspace.annex(['add', '-q', 'data.bin'], path);
    await git('-c', 'annex.largefiles=nothing', 'add', '-A');
    await git('commit', '-q', '-m', 'Other names');
    last = (await git('rev-parse', 'HEAD')) as AskedSide;
    await writeFile(join(path, 'new name.txt'), `${lines}and more\n`);
  });

  /** What is told of one file: its status and its names on both sides. */
  const between = async (name: string, from: AskedSide, to: AskedSide): Promise<string[][]> => {
    const path = contentsPath(`${dataset}/${name}`);
    const { files } = await place.reading.datasets.comparisons.differences({ dataset, path, from, to }, place.reading.signal);
    return files.map(file => [file.status, ...(file.oldName === undefined ? [] : [file.oldName]), file.name]);
  };

  it.each(['the folder', 'the last save'])('is compared with %s under that, whichever name is asked for', async side => {
    const now = side === 'the folder' ? 'worktree' : last;
    expect(await between('plain.txt', then, now)).toEqual([['renamed', 'plain.txt', 'other.txt']]);
    expect(await between('edited.txt', then, now)).toEqual([['renamed', 'edited.txt', 'new name.txt']]);
    expect(await between('new name.txt', then, now)).toEqual([['renamed', 'edited.txt', 'new name.txt']]);
    expect(await between('deep/data.bin', then, now)).toEqual([['renamed', 'deep/data.bin', 'data.bin']]);
    expect(await between('edited.txt', now, then)).toEqual([['renamed', 'new name.txt', 'edited.txt']]);
  });

  it('is called deleted only where it is', async () => {
    expect(await between('gone.txt', then, 'worktree')).toEqual([['deleted', 'gone.txt']]);
    expect(await between('gone.txt', 'worktree', then)).toEqual([['added', 'gone.txt']]);
    expect(await between('plain.txt', then, 'nothing')).toEqual([['deleted', 'plain.txt']]);
  });
});
