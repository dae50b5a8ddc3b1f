import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { useReading } from '../support/place';

jest.setTimeout(120_000);

describe('changes that are none', () => {
  const place = useReading();

  it('are files written anew with the same content, or with other line ends where git converts them', async () => {
    const path = await place.workspace.dataset({
      files: { '.gitattributes': '*.txt text\n', 'lines.txt': 'a\nb\n', 'raw.dat': 'a\nb\n', 'run.sh': 'x' },
      annexed: { 'u.bin': 'content', 'v.bin': 'content of v', 'gone.bin': 9 },
      unlocked: ['u.bin', 'v.bin', 'gone.bin'],
      dropped: ['gone.bin']
    });
    const at = (name: string): string => join(path, name);
    for (const name of ['lines.txt', 'raw.dat']) {
      await writeFile(at(name), 'a\r\nb\r\n');
    }
    await writeFile(at('u.bin'), 'content');
    await writeFile(at('v.bin'), 'Content of v');
    await utimes(at('gone.bin'), 1, 1);
    await place.workspace.run('chmod', ['+x', 'run.sh'], path);
    const rows = await place.reading.rows('ds');
    expect(rows).toMatchObject({
      'raw.dat': { change: 'modified' },
      'v.bin': { change: 'modified' },
      'run.sh': { change: 'modified' }
    });
    expect(rows['lines.txt']).toEqual({ kind: 'git', bytes: 6 });
    expect(rows['u.bin']).toMatchObject({ kind: 'annex-unlocked', here: 'yes', bytes: 7 });
    expect(rows['gone.bin']).toMatchObject({ kind: 'annex-unlocked', here: 'no', bytes: 9 });
    expect([rows['u.bin']?.change, rows['gone.bin']?.change]).toEqual([undefined, undefined]);
    const summary = await place.reading.datasets.dataset({ path: contentsPath('ds') }, place.reading.signal);
    expect(summary?.changes.map(({ name }) => name)).toEqual(['raw.dat', 'run.sh', 'v.bin']);
  });
});
