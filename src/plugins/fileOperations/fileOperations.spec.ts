import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { Contents } from '@jupyterlab/services';
import { ServiceManagerMock } from '@jupyterlab/services/lib/testutils';
import { dismissDialog, waitForDialog } from '@jupyterlab/testing';
import { nullTranslator } from '@jupyterlab/translation';
import { FailureError } from '../../protocol/failure';
import type { ContentsPath } from '../../protocol/paths';
import type { IOutcome } from '../../tokens';
import { FakeContext } from '../commands/context.fixtures';
import { annexed, type IWorld } from '../commands/worldState.fixtures';
import { Deletions } from './deletions';
import { gather } from './gather';
import { installHooks } from './hooks';
import { Placements } from './placements';
import { NotWantedError } from './refusals';
import { Surroundings } from './surroundings';

const trans = nullTranslator.load('jupyterlab_datalad');
const OK: IOutcome = { status: 'ok', jobs: ['job'], results: [] };
const CHANGED = { path: 'x', name: 'x' } as Contents.IModel;

/** JupyterLab's calls with ours before them, in the world given. */
function given(world: IWorld, { remove = OK, unreachable = false } = {}) {
  const context = new FakeContext(world);
  const { contents } = new ServiceManagerMock();
  const stock = {
    delete: jest.fn<Promise<void>, [string]>().mockResolvedValue(undefined),
    rename: jest.fn<Promise<Contents.IModel>, [string, string]>().mockResolvedValue(CHANGED),
    copy: jest.fn<Promise<Contents.IModel>, [string, string]>().mockResolvedValue(CHANGED)
  };
  const get = async (path: string): Promise<Contents.IModel> => ({ ...CHANGED, path, type: 'directory' });
  Object.assign(contents, stock, { get });
  const { datalad } = context;
  if (unreachable) {
    datalad.client.call = () => Promise.reject(new FailureError({ kind: 'server-unreachable', message: 'gone' }));
  }
  const surroundings = new Surroundings(datalad);
  const removed: ContentsPath[][] = [];
  const copied: [ContentsPath[], ContentsPath, ...ContentsPath[][]][] = [];
  const manager = { deleteFile: (path: string) => contents.delete(path) } as IDocumentManager;
  installHooks({
    manager,
    contents,
    isSilent: () => surroundings.isSilent,
    deletions: new Deletions({
      datalad,
      surroundings,
      contents,
      trans,
      remove: async paths => {
        removed.push(paths);
        return remove;
      }
    }),
    placements: new Placements({
      datalad,
      surroundings,
      trans,
      rename: stock.rename,
      copyFile: async (paths, to, leave) => {
        copied.push(leave.length === 0 ? [paths, to] : [paths, to, leave]);
        const results = paths.map((from, at) => ({ action: 'copy', status: 'ok' as const, path: `${to}/copy${at || ''}`, from }));
        return { ...OK, results };
      }
    })
  });
  return { context, contents, manager, stock, removed, copied };
}

const study = { datasets: ['study', 'study/sub'], folder: 'study' };
const big = annexed('study/big.bin', { here: 'yes' });
const folder = { name: 'data', path: 'study/data', kind: 'directory' as const };

describe('calls that belong together', () => {
  test('are one piece of work, and each gets its own answer', async () => {
    const batches: number[][] = [];
    const ask = gather<number, number>(async asked => {
      batches.push([...asked]);
      return asked.map(value => value * 2);
    });
    expect(await Promise.all([ask(1), ask(2)])).toEqual([2, 4]);
    expect(await ask(3)).toBe(6);
    expect(batches).toEqual([[1, 2], [3]]);
  });
});

describe('a delete', () => {
  test('of ordinary files is JupyterLab’s own, with everything it was given', async () => {
    const { contents, stock, context } = given({ ...study, rows: [{ ...big, kind: 'git', here: undefined }] });
    await contents.delete('study/big.bin');
    expect(stock.delete).toHaveBeenCalledWith('study/big.bin');
    expect(context.started).toEqual([]);
  });

  test('of several locked files is one job, and is told to who shows them', async () => {
    const other = annexed('study/other.bin');
    const { contents, stock, context } = given({ ...study, rows: [big, other] });
    const changes: (string | undefined)[] = [];
    contents.fileChanged.connect((_, { type, oldValue }) => changes.push(`${type} ${oldValue?.path}`));
    await Promise.all([contents.delete('study/big.bin'), contents.delete('study/other.bin')]);
    expect(context.started).toEqual([{ name: 'deleteFiles', input: { dataset: 'study', paths: [big.path, other.path] } }]);
    expect(stock.delete).not.toHaveBeenCalled();
    expect(changes).toEqual(['delete study/big.bin', 'delete study/other.bin']);
  });

  test('of a folder removes the datasets in it first, and stays when that is refused', async () => {
    const holdings = { 'study/data': { datasets: [{ dataset: 'study', path: 'study/data/sub' }] } };
    const fine = given({ ...study, rows: [folder], holdings });
    await fine.contents.delete('study/data');
    expect(fine.removed).toEqual([['study/data/sub']]);
    expect(fine.stock.delete).toHaveBeenCalledTimes(1);

    const refused = given({ ...study, rows: [folder], holdings }, { remove: { ...OK, status: 'error' } });
    await expect(refused.contents.delete('study/data')).rejects.toBeInstanceOf(NotWantedError);
    // The file browser would show a dialog, though the command has told already.
    await refused.manager.deleteFile('study/data');
    expect(refused.stock.delete).not.toHaveBeenCalled();
  });

  test('of a folder nobody can look into asks, and loses nothing by default', async () => {
    const { manager, stock } = given({ ...study, shown: false }, { unreachable: true });
    const deleted = manager.deleteFile('study/data');
    await waitForDialog();
    expect(document.querySelector('.jp-Dialog')?.textContent).toContain('It could not be told whether a dataset lies in data.');
    await dismissDialog();
    await deleted;
    expect(stock.delete).not.toHaveBeenCalled();
  });

  test('on other drives is nobody’s matter but theirs', async () => {
    const { contents, stock } = given({ ...study, rows: [big] });
    jest.spyOn(contents, 'driveName').mockReturnValue('s3');
    await contents.delete('s3:study/big.bin');
    expect(stock.delete).toHaveBeenCalledWith('s3:study/big.bin');
  });
});

describe('a move', () => {
  test('of a selection in a dataset is one job; a new name is another one', async () => {
    const other = annexed('study/other.bin');
    const { contents, stock, context } = given({ ...study, rows: [big, other, folder] });
    await Promise.all([
      contents.rename('study/big.bin', 'study/data/big.bin'),
      contents.rename('study/other.bin', 'study/data/other.bin'),
      contents.rename('study/data', 'study/renamed')
    ]);
    expect(context.started).toEqual([
      { name: 'move', input: { dataset: 'study', paths: [big.path, other.path], to: 'study/data' } },
      { name: 'move', input: { dataset: 'study', paths: ['study/data'], to: 'study', name: 'renamed' } }
    ]);
    expect(stock.rename).not.toHaveBeenCalled();
  });

  test('lets JupyterLab ask about what is there already', async () => {
    const { contents, context } = given({ ...study, rows: [big, annexed('study/other.bin')] });
    await expect(contents.rename('study/big.bin', 'study/other.bin')).rejects.toMatchObject({ response: { status: 409 } });
    expect(context.started).toEqual([]);
  });

  test('into another dataset copies, and deletes only after that', async () => {
    const { contents, copied, context } = given({ ...study, rows: [big] });
    await contents.rename('study/big.bin', 'study/sub/big.bin');
    expect(copied).toEqual([[['study/big.bin'], 'study/sub']]);
    expect(context.started).toEqual([
      { name: 'deleteCopied', input: { dataset: 'study', paths: ['study/big.bin'], copies: ['study/sub/big.bin'] } }
    ]);
  });

  test('of a folder with annexed files is a copy, too; out of the dataset it is one of ordinary files', async () => {
    const { contents, copied, context } = given({ ...study, rows: [folder], holdings: { 'study/data': { annexed: 2 } } });
    await contents.rename('study/data', 'study/sub/data');
    expect(copied).toEqual([[['study/data'], 'study/sub']]);
    await contents.rename('study/data', 'else');
    expect(context.started).toEqual([
      { name: 'deleteCopied', input: { dataset: 'study', paths: ['study/data'], copies: ['study/sub/data'] } },
      { name: 'copyOut', input: { dataset: 'study', paths: ['study/data'], to: '', name: 'else' } },
      { name: 'deleteCopied', input: { dataset: 'study', paths: ['study/data'], copies: ['else'] } }
    ]);
  });

  test('a dataset in such a folder is moved as a whole, after the copy and before anything is deleted', async () => {
    const nested = { dataset: 'study', path: 'study/data/raw' };
    const holdings = { 'study/data': { annexed: 2, datasets: [nested] } };
    const { contents, copied, context, stock } = given({ ...study, rows: [folder], holdings });
    stock.rename.mockImplementation(async () => {
      expect(copied).toEqual([[['study/data'], 'study/sub', ['study/data/raw']]]);
      expect(context.started).toEqual([]);
      return CHANGED;
    });
    await contents.rename('study/data', 'study/sub/data');
    expect(stock.rename.mock.calls).toEqual([['study/data/raw', 'study/sub/data/raw']]);
    expect(context.started.map(({ name }) => name)).toEqual(['deleteCopied']);
  });

  test('nothing is deleted where that dataset could not be moved', async () => {
    const nested = { dataset: 'study', path: 'study/data/raw' };
    const holdings = { 'study/data': { annexed: 2, datasets: [nested] } };
    const { contents, context, stock } = given({ ...study, rows: [folder], holdings });
    stock.rename.mockRejectedValue(new Error('disk full'));
    await expect(contents.rename('study/data', 'else')).rejects.toThrow('disk full');
    expect(context.started).toEqual([
      { name: 'copyOut', input: { dataset: 'study', paths: ['study/data'], to: '', name: 'else', leave: ['study/data/raw'] } }
    ]);
  });

  test('of what is not here into another dataset is refused in words', async () => {
    const { contents, copied, stock } = given({ ...study, rows: [annexed('study/big.bin')] });
    await expect(contents.rename('study/big.bin', 'study/sub/big.bin')).rejects.toThrow('The content of big.bin is not here.');
    expect(copied).toEqual([]);
    expect(stock.rename).not.toHaveBeenCalled();
  });
});

describe('a copy', () => {
  test('of an annexed file is made by DataLad, of another one by JupyterLab', async () => {
    const { contents, copied, stock } = given({
      ...study,
      rows: [big, { ...big, name: 'a.txt', path: 'study/a.txt', kind: 'git', here: undefined }]
    });
    expect((await contents.copy('study/big.bin', 'study/sub')).path).toBe('study/sub/copy');
    expect(copied).toEqual([[['study/big.bin'], 'study/sub']]);
    await contents.copy('study/a.txt', 'study/sub');
    expect(stock.copy).toHaveBeenCalledTimes(1);
  });

  test('that is made twice at once has two answers', async () => {
    const { contents, copied } = given({ ...study, rows: [big] });
    const made = await Promise.all([contents.copy('study/big.bin', 'study/sub'), contents.copy('study/big.bin', 'study/sub')]);
    expect(made.map(({ path }) => path)).toEqual(['study/sub/copy', 'study/sub/copy1']);
    expect(copied).toEqual([[['study/big.bin', 'study/big.bin'], 'study/sub']]);
  });

  test('of a dataset is refused', async () => {
    const holdings = { 'study/sub': { isDataset: true, datasets: [{ dataset: 'study', path: 'study/sub' }] } };
    const { contents, stock } = given({ ...study, rows: [{ name: 'sub', path: 'study/sub', kind: 'dataset' }], holdings });
    await expect(contents.copy('study/sub', 'study')).rejects.toThrow('clone the dataset instead');
    expect(stock.copy).not.toHaveBeenCalled();
  });
});
