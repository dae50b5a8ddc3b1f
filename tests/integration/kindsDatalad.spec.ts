import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '../../src/protocol/dataset';
import { contentsPath } from '../../src/protocol/paths';
import { useReading } from '../support/place';

jest.setTimeout(120_000);

/** One file or subdataset in DataLad's words. */
interface IFile {
  state: string;
  type: 'file' | 'dataset';
  here?: boolean;
  key?: string;
  bytes?: number;
}

type Files = Record<string, IFile>;

const STATES: Readonly<Record<string, string>> = { new: 'untracked', typechange: 'modified' };

describe('what the panel says is what `datalad status --annex all` says', () => {
  const place = useReading();
  let source: string;
  beforeAll(async () => {
    source = await place.workspace.dataset({
      path: 'source',
      files: { text: 'one\n', 'd/other': 'x', 'd/gone': 'x' },
      annexed: { 'a.bin': 100, 'd/b.bin': 200, 'd/e/c.bin': 300, 'u.bin': 400, 'same.bin': 'twice', 'd/same.bin': 'twice' },
      unlocked: ['u.bin'],
      subdatasets: {
        'd/sub': { annexed: { 's.bin': 500 }, files: { f: 'x' }, subdatasets: { deep: { annexed: { 'd.bin': 600 } } } },
        absent: { annexed: { 'x.bin': 700 } }
      }
    });
  });

  const makeClone = async (name: string): Promise<string> => {
    const path = place.workspace.path(name);
    await place.workspace.git(['clone', '-q', source, path], place.workspace.base);
    for (const sub of ['', 'd/sub', 'd/sub/deep']) {
      if (sub !== '') {
        await place.workspace.git(['clone', '-q', join(source, sub), join(path, sub)], place.workspace.base);
      }
      await place.workspace.annex(['init', '-q'], join(path, sub));
    }
    await place.workspace.annex(['get', '-q', 'a.bin', 'd/b.bin', 'same.bin', 'u.bin'], path);
    await place.workspace.annex(['get', '-q', 'd.bin'], join(path, 'd/sub/deep'));
    return path;
  };
  const change = async (path: string): Promise<void> => {
    await place.workspace.write(
      Object.fromEntries(
        ['text', 'new', 'd/new folder/x', 'd/sub/f', 'staged'].map(name => [
          join(path, name).slice(place.workspace.root.length + 1),
          'changed'
        ])
      )
    );
    await place.workspace.git(['add', 'staged'], path);
    await rm(join(path, 'd/gone'));
    // A new file, since a locked one may not be written to.
    await rm(join(path, 'u.bin'));
    await writeFile(join(path, 'u.bin'), 'edited');
  };

  /** All files at and below a folder, subdatasets too, with contents paths. */
  const asWeSee = async (folder: string): Promise<Files> => {
    const { rows } = await place.reading.datasets.rows({ folder: contentsPath(folder), complete: true }, place.reading.signal);
    const below = rows.filter(({ kind, change }) => kind === 'dataset' || (kind === 'directory' && change !== 'new'));
    const deeper = await Promise.all(below.map(({ path }) => asWeSee(path)));
    const own = rows.filter(({ kind, change }) => kind !== 'directory' || change === 'new');
    return Object.assign({}, ...deeper, Object.fromEntries(own.map(row => [row.path, inTheirWords(row)]))) as Files;
  };
  const inTheirWords = ({ kind, change, here, key, bytes }: Row): IFile => {
    const state = change === undefined ? 'clean' : (STATES[change] ?? change);
    const isDataset = kind === 'dataset' || kind === 'dataset-absent';
    return {
      state,
      type: isDataset ? 'dataset' : 'file',
      // Of a file that was edited DataLad tells the size it had before.
      ...(key === undefined ? {} : { here: here === 'yes', key, ...(change === undefined ? { bytes } : {}) })
    };
  };
  const asDataladSays = async (path: string): Promise<Files> => {
    const records = await place.workspace.records('datalad', ['-f', 'json', 'status', '--annex', 'all', '-r'], path);
    const files = records.map(record => {
      const {
        path: at,
        state,
        type,
        has_content: here,
        key,
        bytesize: bytes
      } = record as Record<string, string> & {
        has_content?: boolean;
        bytesize?: number;
      };
      const annexed = key === undefined ? {} : { here: here === true, key, ...(state === 'clean' ? { bytes } : {}) };
      return [(at ?? '').slice(place.workspace.root.length + 1), { state, type: type === 'dataset' ? type : 'file', ...annexed }];
    });
    return Object.fromEntries(files) as Files;
  };

  it.each([
    ['plain, with subdatasets two deep and one that is not installed', 'plain', []],
    ['adjusted', 'adjusted', ['annex', 'adjust', '-q', '--unlock']],
    ['detached', 'detached', ['checkout', '-q', '--detach']]
  ])('%s', async (_, name, command) => {
    const path = await makeClone(name);
    if (command.length > 0) {
      await place.workspace.git(command, path);
    }
    await change(path);
    const [ours, theirs] = [await asWeSee(name), await asDataladSays(path)];
    expect(ours).toEqual(theirs);
    expect(Object.keys(ours).length).toBeGreaterThan(15);
    const keys = (here: boolean) =>
      new Set(
        Object.entries(theirs).flatMap(([at, file]) => (!at.includes('/sub/') && file.here === here ? (file.key ?? []) : []))
      );
    const totals = await place.reading.datasets.totals({ dataset: contentsPath(name), complete: true });
    expect([totals.here.files, totals.notHere.files]).toEqual([keys(true).size, keys(false).size]);
  });
});
