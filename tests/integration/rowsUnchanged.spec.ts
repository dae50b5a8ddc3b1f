import { appendFile, chmod, copyFile, mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { usePlace } from '../support/place';
import { Reading } from '../support/reading';
import { until } from '../support/until';

jest.setTimeout(120_000);

describe('rows that were read before', () => {
  const place = usePlace(workspace => ({ reading: new Reading(workspace), other: new Reading(workspace) }));
  let path: string;
  const at = (name: string): string => join(path, 'data', name);

  beforeAll(async () => {
    path = await place.workspace.dataset({
      files: { 'data/notes.txt': 'text', 'data/run.sh': 'x' },
      annexed: { 'data/a.bin': 10, 'data/b.bin': 20, 'data/u.bin': 30 },
      unlocked: ['data/u.bin'],
      dropped: ['data/b.bin']
    });
    place.reading.datasets.setListening(true);
    await place.reading.rows('ds/data');
    await settle();
  });

  const read = async (): Promise<unknown> =>
    (await place.reading.datasets.rows({ folder: contentsPath('ds/data') }, place.reading.signal)).rows;
  const isRemembered = async (): Promise<boolean> => (await read()) === (await read());
  /** Until git has seen that nothing changed: what was written together with the index is looked at each time. */
  const settle = async (): Promise<void> => {
    await until('rows that are remembered', async () => {
      await git('update-index', '-q', '--refresh');
      return await isRemembered();
    });
  };
  /** What a server says that has not looked before. */
  const truth = async (): Promise<unknown> => await place.other.rows('ds/data');

  const git = async (...args: string[]): Promise<unknown> => await place.workspace.git(args, path);
  const annex = async (...args: string[]): Promise<unknown> => await place.workspace.annex(args, path);
  const changes: [string, () => Promise<unknown>][] = [
    ['an edit of the same length', () => writeFile(at('notes.txt'), 'Text')],
    ['an edit', () => appendFile(at('notes.txt'), ' and more')],
    ['a commit', () => git('commit', '-q', '-a', '-m', 'notes')],
    ['another mode', () => chmod(at('run.sh'), 0o755)],
    ['the mode before', () => chmod(at('run.sh'), 0o644)],
    ['a new file', () => writeFile(at('new'), 'x')],
    ['a file that goes', () => rm(at('new'))],
    ['an edit of an unlocked file', () => appendFile(at('u.bin'), 'x')],
    ['a restore', () => git('checkout', '-q', '--', 'data/u.bin')],
    ['a drop in a terminal', () => annex('drop', '-q', 'data/a.bin')],
    ['a get in a terminal', () => annex('get', '-q', 'data/a.bin', 'data/b.bin')],
    ['a file cut off', () => truncate(at('notes.txt'), 1)],
    ['a stage', () => git('add', 'data/notes.txt')],
    ['a reset', () => git('reset', '-q', '--hard')],
    ['a copy over it', () => copyFile(at('run.sh'), at('notes.txt'))],
    ['a stash', () => git('stash', '-q')],
    ['a new name', () => rename(at('a.bin'), at('c.bin'))],
    ['the name before', () => rename(at('c.bin'), at('a.bin'))],
    ['an unlock', () => annex('unlock', '-q', 'data/a.bin')],
    ['a branch', () => git('checkout', '-q', '-f', '-B', 'older', 'HEAD~1')],
    ['a folder in it', () => mkdir(at('folder'))],
    ['a file in that', () => writeFile(at('folder/file'), 'x')]
  ];

  it.each(changes)('are told anew after %s', async (_what, change) => {
    const before = await truth();
    await read();
    await change();
    const after = await truth();
    await until('the same rows', async () => {
      const now = await place.reading.rows('ds/data', false);
      return JSON.stringify(now) === JSON.stringify(after);
    });
    expect(JSON.stringify(after)).not.toBe(JSON.stringify(before));
  });

  it('are told anew where all is asked for, and after content was removed by hand', async () => {
    await git('checkout', '-q', '-f', 'main');
    await rm(at('folder'), { recursive: true });
    await settle();
    const { 'b.bin': row } = await place.reading.rows('ds/data');
    expect(row?.here).toBe('yes');
    const content = (await place.workspace.annex(['contentlocation', row?.key ?? ''], path)).trim();
    await place.workspace.run('chmod', ['-R', 'u+w', join(path, '.git/annex/objects')]);
    await rm(join(path, content));
    expect(await place.reading.rows('ds/data')).toMatchObject({ 'b.bin': { here: 'no' } });
  });

  it('are read again where nobody listens', async () => {
    place.reading.datasets.setListening(false);
    expect(await isRemembered()).toBe(false);
  });
});
