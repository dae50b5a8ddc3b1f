import { Notification } from '@jupyterlab/apputils';
import { type Context, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry';
import { createFileContext } from '@jupyterlab/docregistry/lib/testutils';
import type { Contents, ServiceManager } from '@jupyterlab/services';
import { ServiceManagerMock } from '@jupyterlab/services/lib/testutils';
import { acceptDialog, dismissDialog, waitForDialog } from '@jupyterlab/testing';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { FailureError } from '../../protocol/failure';
import { contentsPath } from '../../protocol/paths';
import { FakeContext } from '../commands/context.fixtures';
import { annexed, type IWorld } from '../commands/worldState.fixtures';
import type { IDataladClient } from '../../tokens';
import { Documents } from './documents';
import { EditWatch } from './editWatch';
import { ExecutedNotebooks } from './executedNotebooks';
import { LockedFiles } from './lockedFiles';
import { guardSaves } from './saveGuard';
import { saveDirty } from './settle';
import { VanishedFiles } from './vanishedFiles';

const trans = nullTranslator.load('jupyterlab_datalad');
const PATH = 'study/a.txt';
const locked = annexed(PATH, { here: 'yes' });

interface IDesk {
  contents: Contents.IManager;
  context: Context;
  documents: Documents;
  world: FakeContext;
  lockedFiles: LockedFiles;
  widget: DocumentWidget;
  /** What the contents API says of the file. */
  access: { writable: boolean };
}

let services: ServiceManager.IManager;

/** A document of `study/a.txt` that is open, in the world given. */
async function open(world: IWorld = {}, access = { writable: true }): Promise<IDesk> {
  services = new ServiceManagerMock();
  const { contents } = services;
  await contents.save('study', { type: 'directory', path: 'study', name: 'study' });
  await contents.save(PATH, { type: 'file', format: 'text', content: 'recorded', path: PATH, name: 'a.txt' });
  const get = contents.get;
  contents.get = async (path, options) => ({ ...(await get(path, options)), ...access });
  const context: Context<DocumentRegistry.IModel> = createFileContext(PATH, services);
  await context.initialize(false);
  const widget = new DocumentWidget({ context, content: new Widget() });
  await context.ready;
  const manager = { contextForWidget: (asked: Widget) => (asked === widget ? context : undefined) };
  const shell = { widgets: (area?: string) => (area === 'main' ? [widget, new Widget()] : []).values() };
  const documents = new Documents({ shell, manager, contents });
  const fake = new FakeContext(world);
  const lockedFiles = new LockedFiles({ datalad: fake.datalad, trans });
  guardSaves(contents, path => lockedFiles.ensureWritable(path));
  const executedNotebooks = new ExecutedNotebooks({ jobs: fake.datalad.jobs, save: path => documents.save(path), trans });
  const watch = new EditWatch({ manager, documents, lockedFiles, executedNotebooks, trans });
  watch.watch(widget);
  return { contents, context, documents, world: fake, lockedFiles, widget, access };
}

/** As an editor does; a model alone does not know that it differs from its file. */
function type({ context }: IDesk, text: string): void {
  context.model.fromString(text);
  context.model.dirty = true;
}

const stored = async ({ contents }: IDesk) => (await contents.get(PATH)).content;
const study = [contentsPath('study')];

afterEach(() => {
  Notification.manager.notifications.forEach(({ id }) => Notification.dismiss(id));
});

describe('saving a document', () => {
  test('goes on when its file is not locked', async () => {
    const desk = await open({ rows: [annexed(PATH, { kind: 'annex-unlocked', here: 'yes' })] });
    type(desk, 'typed');
    await desk.context.save();
    expect(await stored(desk)).toBe('typed');
    expect(desk.world.started).toEqual([]);
  });

  test('unlocks a locked file first', async () => {
    const desk = await open({ rows: [locked] });
    type(desk, 'typed');
    const saved = desk.context.save();
    await acceptDialog();
    await saved;
    expect(desk.world.started).toEqual([{ name: 'unlock', input: { dataset: 'study', paths: [PATH] } }]);
    expect(await stored(desk)).toBe('typed');
    expect(Notification.manager.notifications.filter(({ message }) => message.includes('locked'))).toEqual([]);
  });

  test('gets the content of a file that was dropped before it unlocks it', async () => {
    const desk = await open({ rows: [annexed(PATH, { here: 'no' })] });
    type(desk, 'typed');
    const saved = desk.context.save();
    await acceptDialog();
    await saved;
    expect(desk.world.started.map(({ name }) => name)).toEqual(['get', 'unlock']);
  });

  test('writes nothing when the user declines, and asks by notification from then on', async () => {
    const desk = await open({ rows: [locked] });
    type(desk, 'typed');
    const refused = expect(desk.context.save()).rejects.toMatchObject({ name: 'ModalCancelError' });
    await dismissDialog();
    await refused;
    await expect(desk.context.save()).rejects.toMatchObject({ name: 'ModalCancelError' });
    expect(await stored(desk)).toBe('recorded');
    const reminders = Notification.manager.notifications.filter(({ message }) => message.includes('not saved'));
    expect(reminders).toHaveLength(1);
    reminders[0]?.options.actions?.[0]?.callback(new MouseEvent('click'));
    expect(desk.world.started).toEqual([]);
    await new Promise(process.nextTick);
    expect(desk.world.started.map(({ name }) => name)).toEqual(['unlock']);
  });

  test('writes nothing when the file cannot be unlocked', async () => {
    const desk = await open({
      rows: [locked],
      outcome: { status: 'error', failure: { kind: 'read-only', message: 'The folder is read-only.' } }
    });
    type(desk, 'typed');
    await expect(desk.lockedFiles.unlock({ ...locked, path: contentsPath(PATH) })).rejects.toThrow('This dataset is read-only.');
    expect(await stored(desk)).toBe('recorded');
  });

  test('does not wait for a server that is not there', async () => {
    const desk = await open({ shown: false });
    jest
      .spyOn(desk.world.datalad.client, 'call')
      .mockRejectedValue(new FailureError({ kind: 'server-unreachable', message: 'gone' }));
    type(desk, 'typed');
    await desk.context.save();
    expect(await stored(desk)).toBe('typed');
  });
});

test('other drives, folders and later parts of an upload are not asked about', async () => {
  const { contents } = new ServiceManagerMock();
  const save = jest.spyOn(contents, 'save').mockResolvedValue({} as Contents.IModel);
  const seen: string[] = [];
  const guard = guardSaves(contents, async path => void seen.push(path));
  await contents.save('folder', { type: 'directory' });
  await contents.save('big', { type: 'file', chunk: 1 });
  await contents.save('big', { type: 'file', chunk: 2 });
  await contents.save('big', { type: 'file', chunk: -1 });
  expect(seen).toEqual(['big']);
  expect(save).toHaveBeenCalledTimes(4);
  guard.dispose();
  await contents.save('after', { type: 'file' });
  expect(seen).toEqual(['big']);
});

test('typing into a locked file offers to unlock it, once', async () => {
  const desk = await open({ rows: [locked] });
  type(desk, 'typed');
  type(desk, 'typed more');
  await new Promise(resolve => setTimeout(resolve));
  const offers = Notification.manager.notifications.filter(({ message }) => message.includes('Unlock it'));
  expect(offers.map(({ message }) => message)).toEqual(['a.txt is locked. Unlock it to keep what you type.']);
  await desk.lockedFiles.recheck(contentsPath('study'));
  expect(Notification.manager.count).toBe(1);
  jest.spyOn(desk.world.datalad.client, 'call').mockResolvedValue(null);
  await desk.lockedFiles.recheck(contentsPath('study'));
  expect(Notification.manager.count).toBe(0);
});

test('going back to a checkpoint writes, too, and is asked about', async () => {
  const { contents } = new ServiceManagerMock();
  const restore = jest.spyOn(contents, 'restoreCheckpoint').mockResolvedValue(undefined);
  const guard = guardSaves(contents, path => (path === PATH ? Promise.reject(new Error('locked')) : Promise.resolve()));
  await expect(contents.restoreCheckpoint(PATH, 'one')).rejects.toThrow('locked');
  await contents.restoreCheckpoint('other', 'one');
  expect(restore.mock.calls).toEqual([['other', 'one']]);
  guard.dispose();
  await contents.restoreCheckpoint(PATH, 'one');
  expect(restore).toHaveBeenCalledTimes(2);
});

describe('a document whose file is not there any more', () => {
  /** A server that knows of this one file. */
  const answers = (more: Parameters<typeof annexed>[1] | null): IDataladClient['call'] =>
    (async (name: string) =>
      name !== 'row' ? { dataset: { path: 'study' } } : more === null ? null : annexed(PATH, more)) as IDataladClient['call'];
  const told = () => Notification.manager.notifications.filter(({ message }) => message.includes('any more'));

  /** A desk with what looks after vanished files, and a server whose answers can be changed. */
  async function watched() {
    const desk = await open();
    const { datalad } = desk.world;
    const client = { ...datalad.client };
    const vanished = new VanishedFiles({ datalad: { ...datalad, client }, documents: desk.documents, trans });
    return { desk, client, vanished };
  }

  test('is told of once, not read again, and not mentioned any more when it is back', async () => {
    const { desk, client, vanished } = await watched();
    client.call = answers({ here: 'no', kind: 'annex-unlocked' });
    expect([...(await vanished.check(study[0] ?? contentsPath('')))]).toEqual([PATH]);
    await vanished.check(contentsPath('study'));
    expect(told().map(({ message }) => message)).toEqual([
      'The content of a.txt is not here any more. Its tab shows what was there.'
    ]);
    await desk.documents.reload(study, new Set([contentsPath(PATH)]));
    expect(desk.context.model.toString()).toBe('recorded');
    client.call = answers(null);
    await vanished.check(contentsPath('study'));
    expect(told().map(({ message }) => message)).toEqual(['a.txt is not in its folder any more. Its tab shows what was there.']);
    client.call = answers({ here: 'yes' });
    expect((await vanished.check(contentsPath('study'))).size).toBe(0);
    expect(told()).toEqual([]);
  });

  test('its content can be got again from there', async () => {
    const { desk, client, vanished } = await watched();
    client.call = answers({ here: 'no' });
    await vanished.check(contentsPath('study'));
    told()[0]?.options.actions?.[0]?.callback(new MouseEvent('click'));
    await new Promise(process.nextTick);
    expect(desk.world.started).toEqual([{ name: 'get', input: { dataset: 'study', paths: [PATH] } }]);
  });

  test('is not called gone by a server that does not answer', async () => {
    const { client, vanished } = await watched();
    client.call = () => Promise.reject(new FailureError({ kind: 'server-unreachable', message: 'gone' }));
    expect((await vanished.check(contentsPath('study'))).size).toBe(0);
    expect(told()).toEqual([]);
  });
});

describe('before a save of the dataset', () => {
  test('dirty documents are saved after a question', async () => {
    const desk = await open();
    type(desk, 'typed');
    const settled = saveDirty(desk.documents.below(study), { mode: 'ask', trans });
    await acceptDialog();
    expect(await settled).toEqual([PATH]);
    expect(await stored(desk)).toBe('typed');
  });

  test('a user who cancels stops it', async () => {
    const desk = await open();
    type(desk, 'typed');
    const settled = saveDirty(desk.documents.below(study), { mode: 'ask', trans });
    await dismissDialog();
    expect(await settled).toBeNull();
    expect(await stored(desk)).toBe('recorded');
  });

  test('they may be left as they are', async () => {
    const desk = await open();
    type(desk, 'typed');
    const settled = saveDirty(desk.documents.below(study), { mode: 'ask', trans });
    await waitForDialog();
    const buttons = [...document.querySelectorAll<HTMLButtonElement>('.jp-Dialog button')];
    buttons.find(button => button.textContent === 'Go on Without Them')?.click();
    expect(await settled).toEqual([]);
    expect(await stored(desk)).toBe('recorded');
  });

  test('nothing is asked where the setting says so, or where nothing is dirty', async () => {
    const desk = await open();
    expect(await saveDirty(desk.documents.below(study), { mode: 'ask', trans })).toEqual([]);
    type(desk, 'typed');
    expect(await saveDirty(desk.documents.below(study), { mode: 'save', trans })).toEqual([PATH]);
    expect(await stored(desk)).toBe('typed');
  });

  test('documents of other datasets do not matter', async () => {
    const desk = await open();
    type(desk, 'typed');
    expect(desk.documents.below([contentsPath('other'), contentsPath('stud')])).toEqual([]);
  });
});

describe('afterwards', () => {
  /** Another program writes the file. */
  async function rewrite({ contents }: IDesk, content: string, more: Partial<Contents.IModel> = {}) {
    const stock = contents.get;
    await contents.save(PATH, { type: 'file', format: 'text', content });
    contents.get = async (path, options) => ({ ...(await stock(path, options)), last_modified: '2030-01-01T00:00:00Z', ...more });
  }

  test('a document whose file changed is read again', async () => {
    const desk = await open();
    await rewrite(desk, 'new on disk');
    await desk.documents.reload(study);
    expect(desk.context.model.toString()).toBe('new on disk');
  });

  test('what is typed while the file is read stays, and is still to be saved', async () => {
    const desk = await open();
    await rewrite(desk, 'new on disk');
    const { contents, context } = desk;
    const slow = contents.get;
    contents.get = async (path, options) => {
      const file = await slow(path, options);
      if (options?.content !== false) {
        type(desk, 'typed meanwhile');
      }
      return file;
    };
    const read = context.contentsModel?.last_modified;
    await desk.documents.reload(study);
    expect(context.model.toString()).toBe('typed meanwhile');
    expect(context.model.dirty).toBe(true);
    // JupyterLab asks about the file on disk when it is saved: it is not taken for the one that was read.
    expect(context.contentsModel?.last_modified).toBe(read);
  });

  test('other files are read as ever while a document is read again', async () => {
    const desk = await open();
    await rewrite(desk, 'new on disk');
    const { get } = desk.contents;
    await desk.documents.reload(study);
    expect(desk.contents.get).toBe(get);
    expect((await desk.contents.get('study')).type).toBe('directory');
  });

  test('unsaved changes stay', async () => {
    const desk = await open();
    type(desk, 'typed');
    await rewrite(desk, 'new on disk');
    await desk.documents.reload(study);
    expect(desk.context.model.toString()).toBe('typed');
  });

  test('what was typed while the file was read-only is saved, and JupyterLab no longer calls it so', async () => {
    const desk = await open({ rows: [annexed(PATH, { kind: 'annex-unlocked', here: 'yes' })] }, { writable: false });
    expect([...desk.widget.toolbar.names()]).toContain('read-only-indicator');
    type(desk, 'typed');
    await desk.documents.reload(study);
    expect(await stored(desk)).toBe('recorded');
    desk.access.writable = true;
    await desk.documents.reload(study);
    expect(await stored(desk)).toBe('typed');
    expect([...desk.widget.toolbar.names()]).not.toContain('read-only-indicator');
  });

  test('a document whose file is gone keeps what it has', async () => {
    const desk = await open();
    desk.contents.get = () => Promise.reject(new Error('404'));
    await desk.documents.reload(study);
    expect(desk.context.model.toString()).toBe('recorded');
  });
});
