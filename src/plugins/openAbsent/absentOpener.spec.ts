import { DocumentManager } from '@jupyterlab/docmanager';
import { DocumentRegistry } from '@jupyterlab/docregistry';
import { ServiceManagerMock } from '@jupyterlab/services/lib/testutils';
import { ClientDouble, makeListing, makeRow } from '../../client/client.fixtures';
import { CurrentModel } from '../../models/currentModel';
import { HistoryModel } from '../../models/historyModel';
import { InspectorModel } from '../../models/inspectorModel';
import { JobsModel } from '../../models/jobsModel';
import { RowsModel } from '../../models/rowsModel';
import type { Row } from '../../protocol/dataset';
import { contentsPath } from '../../protocol/paths';
import { AbsentOpener, type IAbsentOpenerOptions, type IOpening } from './absentOpener';
import { KnownDatasets } from './knownDatasets';

const study = contentsPath('study');
const POINTER = '/annex/objects/MD5E-s1234567--x.txt\n';

interface ISituation {
  row?: (path: string) => Row | null | Promise<Row | null>;
  restoring?: boolean;
  /** Text of files, by path. */
  texts?: Record<string, string>;
}

/** A document manager with the opener before it; `study` is a dataset of this workspace, and its folder was read. */
async function makeOpener({ row, restoring = false, texts = {} }: ISituation = {}, more: Partial<IAbsentOpenerOptions> = {}) {
  const client = new ClientDouble({
    rows: ({ folder }) =>
      folder === study
        ? makeListing('study', [
            makeRow('absent.bin'),
            makeRow('pointer.txt', { kind: 'annex-unlocked' }),
            makeRow('here.bin', { here: 'yes' }),
            makeRow('script.py', { kind: 'git', here: undefined })
          ])
        : makeListing(folder, [], null),
    row: ({ path }) => row?.(path) ?? null
  });
  const jobs = new JobsModel(client);
  const rows = new RowsModel({ client, jobs });
  const current = new CurrentModel({ client, rows });
  const services = new ServiceManagerMock();
  services.contents.get = async (path, options) => ({
    ...(await services.contents.newUntitled()),
    path,
    size: texts[path]?.length ?? 10,
    content: options?.content === false ? null : (texts[path] ?? 'text')
  });
  const opener = { open: () => undefined, opened: { connect: () => true, disconnect: () => true } };
  const manager = new DocumentManager({ registry: new DocumentRegistry(), manager: services, opener });
  const stock = jest.fn();
  manager.open = (...all) => {
    stock(...all);
    return undefined;
  };
  const known = new KnownDatasets(rows, null);
  const offered: IOpening[] = [];
  await rows.refresh(study);
  await rows.refresh(contentsPath('notes'));
  client.asked.length = 0;
  const options = {
    datalad: { client, jobs, rows, current, history: new HistoryModel(client), inspector: new InspectorModel({ client, jobs }) },
    manager,
    known,
    isRestoring: () => restoring,
    alwaysAsk: false
  };
  new AbsentOpener({ ...options, offer: opening => void offered.push(opening), ...more }).install();
  return { client, manager, services, stock, offered };
}

/** Lets everything happen that needs no time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) {
    await Promise.resolve();
  }
}

test.each(['study/here.bin', 'study/script.py', 'notes/todo.md', 'elsewhere/unread.txt'])(
  '%s opens at once and costs no question',
  async path => {
    const { client, manager, stock, offered } = await makeOpener();
    manager.open(path);
    expect(stock).toHaveBeenCalledTimes(1);
    expect(offered).toEqual([]);
    expect(client.asked).toEqual([]);
  }
);

test.each(['study/absent.bin', 'study/pointer.txt'])('%s is offered instead, and opens later as it was meant to', async path => {
  const { manager, stock, offered } = await makeOpener();
  expect(manager.openOrReveal(path, 'Editor', { name: 'python3' }, { mode: 'split-right' })).toBeUndefined();
  expect(stock).not.toHaveBeenCalled();
  expect(offered).toMatchObject([{ path, restored: false }]);
  offered[0]?.open();
  expect(stock).toHaveBeenCalledWith(path, 'Editor', { name: 'python3' }, { mode: 'split-right' }, undefined);
});

test('the server is asked about what was not read yet below a known dataset', async () => {
  const { client, manager, stock, offered } = await makeOpener({
    row: path => makeRow('x', { path: contentsPath(path), here: path.endsWith('absent.bin') ? 'no' : 'yes' })
  });
  manager.open('study/deep/absent.bin');
  manager.open('study/deep/here.bin', 'Editor');
  expect(stock).not.toHaveBeenCalled();
  await settle();
  expect(client.asked).toEqual(['row {"path":"study/deep/absent.bin"}', 'row {"path":"study/deep/here.bin"}']);
  expect(offered).toMatchObject([{ path: 'study/deep/absent.bin' }]);
  expect(stock.mock.calls).toEqual([['study/deep/here.bin', 'Editor']]);
});

test('a file JupyterLab has just made opens at once, for whoever uses the widget', async () => {
  const { client, manager, services, stock } = await makeOpener();
  const made = await services.contents.newUntitled({ path: 'study', type: 'notebook' });
  manager.open(made.path);
  expect(stock).toHaveBeenCalledTimes(1);
  expect(client.asked).toEqual([]);
});

test('a file that was written a while ago, in a folder that is not shown, is asked about: it may have been dropped', async () => {
  jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick'] });
  const { client, manager, services } = await makeOpener();
  const made = await services.contents.newUntitled({ path: 'study/deep', type: 'file' });
  jest.advanceTimersByTime(11_000);
  manager.open(made.path);
  jest.useRealTimers();
  await settle();
  expect(client.asked).toEqual([`row {"path":"${made.path}"}`]);
});

describe('when the server does not answer', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const never = (): Promise<null> => new Promise(() => undefined);

  test('a pointer is known by its text, everything else opens', async () => {
    const { manager, stock, offered } = await makeOpener({
      row: never,
      texts: { 'study/deep/pointer.txt': POINTER, 'study/deep/plain.txt': 'plain' }
    });
    manager.open('study/deep/pointer.txt');
    manager.open('study/deep/plain.txt');
    await jest.advanceTimersByTimeAsync(1_100);
    expect(offered).toMatchObject([{ path: 'study/deep/pointer.txt' }]);
    expect(stock.mock.calls).toEqual([['study/deep/plain.txt']]);
  });

  test('a restored tab waits longer, but JupyterLab does not wait for it', async () => {
    let tell: (row: Row) => void = () => undefined;
    const { manager, stock, offered } = await makeOpener({
      row: () => new Promise(resolve => (tell = resolve)),
      restoring: true
    });
    const restored = Promise.resolve(manager.open('study/deep/absent.bin'));
    await jest.advanceTimersByTimeAsync(1_100);
    await expect(restored).resolves.toBeUndefined();
    expect(offered).toEqual([]);
    tell(makeRow('x'));
    await jest.advanceTimersByTimeAsync(0);
    expect(offered).toMatchObject([{ path: 'study/deep/absent.bin', restored: true }]);
    expect(stock).not.toHaveBeenCalled();
  });
});

test('restored tabs outside known datasets cost nothing', async () => {
  const { client, manager, stock } = await makeOpener({ restoring: true });
  manager.open('elsewhere/unread.txt');
  expect(stock).toHaveBeenCalledTimes(1);
  expect(client.asked).toEqual([]);
});

test('without a file browser every file is asked about', async () => {
  const { manager, offered } = await makeOpener({ row: () => makeRow('x') }, { alwaysAsk: true });
  manager.open('elsewhere/unread.txt');
  await settle();
  expect(offered).toHaveLength(1);
});
