import { appendFile, mkdir, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesFor } from '../support/makeDataset';
import { snapshot } from '../support/snapshot';
import { useReading } from '../support/place';

jest.setTimeout(120_000);

describe('rows of a dataset', () => {
  const place = useReading();

  it('agree with DataLad and git-annex on files that are clean', async () => {
    const path = await place.workspace.dataset({
      path: 'clean',
      files: { README: 'hello\n', 'run.sh': '#!/bin/sh\n', '.hidden': 'x' },
      annexed: {
        'here.bin': 3000,
        'absent.bin': 4000,
        'u-here.bin': 500,
        'u-absent.bin': 600,
        'same.bin': bytesFor('here.bin', 3000)
      },
      unlocked: ['u-here.bin', 'u-absent.bin'],
      dropped: ['absent.bin', 'u-absent.bin'],
      subdatasets: { sub: { annexed: { 's.bin': 100 } }, gone: { absent: true } }
    });
    await utimes(join(path, 'u-here.bin'), 1, 1);
    const before = await snapshot(join(path, '.git'));
    const rows = await place.reading.rows('clean', false);
    expect(await snapshot(join(path, '.git'))).toEqual(before);

    const records = await place.workspace.records('datalad', ['-f', 'json', 'status', '--annex', 'all'], path);
    for (const record of records) {
      const name = String(record['path']).slice(path.length + 1);
      if (record['key'] !== undefined) {
        expect(rows[name]).toEqual({
          kind: name.startsWith('u-') ? 'annex-unlocked' : 'annex',
          here: record['has_content'] === true ? 'yes' : 'no',
          bytes: record['bytesize'],
          key: record['key']
        });
      } else if (record['type'] === 'file' && !name.includes('/')) {
        expect(rows[name]).toEqual({ kind: 'git', bytes: record['bytesize'] });
      }
    }
    expect(Object.keys(rows).filter(name => rows[name]?.key !== undefined)).toHaveLength(5);
    const found = await place.workspace.records('git', ['annex', 'find', '--json'], path);
    expect(found.map(({ file, key }) => [file, key]).sort()).toEqual(
      Object.entries(rows)
        .flatMap(([name, { kind, here, key }]) => (here === 'yes' && kind !== 'dataset' ? [[name, key]] : []))
        .sort()
    );
    expect(rows['sub']).toMatchObject({ kind: 'dataset' });
    expect((await place.reading.rows('clean'))['sub']).toEqual({
      kind: 'dataset',
      here: 'yes',
      bytes: 100,
      below: { files: 1, filesHere: 1, bytesHere: 100 }
    });
    expect(rows['gone']).toEqual({ kind: 'dataset-absent', here: 'no' });
    expect(rows['.git']).toBeUndefined();
  });

  it('tell every kind of change', async () => {
    const path = await place.workspace.dataset({
      path: 'changed',
      files: {
        edited: 'one\n',
        gone: 'x',
        staged: 'x',
        touched: 'same',
        'folder/inner': 'x',
        '.gitignore': '*.log\n',
        torn: 'x\n'
      },
      annexed: { 'l-gone.bin': 10, 'l-plain.bin': 20, 'u-edit.bin': 30, 'u-gone.bin': 31, 'l-unlock.bin': 40, 'moved.bin': 50 },
      unlocked: ['u-edit.bin', 'u-gone.bin']
    });
    const at = (name: string): string => join(path, name);
    await writeFile(at('edited'), 'two\n');
    await Promise.all(['gone', 'l-gone.bin', 'u-gone.bin', 'l-plain.bin'].map(name => unlink(at(name))));
    await writeFile(at('l-plain.bin'), 'plain');
    await writeFile(at('staged'), 'staged');
    await writeFile(at('added'), 'added');
    await place.workspace.git(['add', 'staged', 'added'], path);
    await writeFile(at('touched'), 'same');
    await appendFile(at('u-edit.bin'), 'more');
    await place.workspace.annex(['unlock', 'l-unlock.bin'], path);
    await place.workspace.run('mv', ['moved.bin', 'renamed.bin'], path);
    await mkdir(at('fresh/deep'), { recursive: true });
    await mkdir(at('empty'));
    await writeFile(at('fresh/deep/file'), 'x');
    await writeFile(at('untracked'), 'xyz');
    await writeFile(at('debug.log'), 'ignored');
    await rm(at('folder'), { recursive: true });
    await symlink('/etc', at('outside'));
    await symlink('edited', at('alias'));

    expect(await place.reading.rows('changed', false)).toMatchObject({
      edited: { kind: 'git', change: 'modified', bytes: 4 },
      gone: { kind: 'git', change: 'deleted' },
      'l-gone.bin': { kind: 'annex', change: 'deleted', here: 'yes', bytes: 10 },
      'u-gone.bin': { kind: 'annex-unlocked', change: 'deleted', here: 'yes', bytes: 31 },
      'l-plain.bin': { kind: 'git', change: 'typechange', bytes: 5 },
      staged: { kind: 'git', change: 'modified' },
      added: { kind: 'git', change: 'added', bytes: 5 },
      'u-edit.bin': { kind: 'annex-unlocked', change: 'modified', here: 'yes', bytes: 34 },
      'l-unlock.bin': { kind: 'annex-unlocked', change: 'typechange', here: 'yes', bytes: 40 },
      'moved.bin': { kind: 'annex', change: 'deleted', here: 'yes' },
      'renamed.bin': { kind: 'annex', change: 'new', here: 'yes', bytes: 50 },
      fresh: { kind: 'directory', change: 'new' },
      untracked: { kind: 'other', change: 'new', bytes: 3 },
      folder: { kind: 'directory', change: 'deleted' },
      outside: { kind: 'link', change: 'new' },
      alias: { kind: 'link', change: 'new' }
    });
    const rows = await place.reading.rows('changed', false);
    // DataLad knows fewer words, and none for folders.
    const words: Record<string, string[]> = {
      deleted: ['deleted'],
      untracked: ['new'],
      added: ['added'],
      modified: ['modified', 'typechange']
    };
    for (const record of await place.workspace.records('datalad', ['-f', 'json', 'status'], path)) {
      const name = String(record['path']).slice(path.length + 1);
      const known = rows[name];
      if (record['state'] === 'clean') {
        expect(known?.change).toBeUndefined();
      } else if (!name.includes('/')) {
        expect([name, words[String(record['state'])]]).toEqual([name, expect.arrayContaining([known?.change])]);
      }
    }
    expect(rows['touched']).toEqual({ kind: 'git', bytes: 4 });
    expect(rows['debug.log']).toEqual({ kind: 'other', bytes: 7 });
    expect(rows['empty']?.change).toBeUndefined();
    expect(await place.reading.rows('changed/fresh', false)).toMatchObject({ deep: { kind: 'directory', change: 'new' } });
    expect(await place.reading.rows('changed/fresh/deep', false)).toEqual({ file: { kind: 'other', change: 'new', bytes: 1 } });
  });
});
