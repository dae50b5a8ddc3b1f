import { DirListing, FileDialog } from '@jupyterlab/filebrowser';
import { dismissDialog } from '@jupyterlab/testing';
import { nullTranslator } from '@jupyterlab/translation';
import { waitFor } from '@testing-library/dom';
import type { IDisposable } from '@lumino/disposable';
import { ClientDouble, makeJob, makeListing, makeRow } from '../../client/client.fixtures';
import { JobsModel } from '../../models/jobsModel';
import { RowsModel } from '../../models/rowsModel';
import { wirePath } from '../../models/wirePath';
import type { Row } from '../../protocol/dataset';
import { contentsPath } from '../../protocol/paths';
import { type IBrowserFixture, makeBrowser, makeItem } from './browser.fixtures';
import { RowAnnotator } from './rowAnnotator';
import { ShownFolders } from './shownFolders';
import { listTrueSizes } from './trueSizes';
import { wrapRenderer } from './wrapRenderer';

const study = contentsPath('study');
const trans = nullTranslator.load('jupyterlab_datalad');

let client: ClientDouble;
let rows: RowsModel;
let known: Row[];
let fixture: IBrowserFixture;
let wraps: IDisposable[];
let folders: ShownFolders;

/** A file browser with the annotations as the plugin joins them, on the given rows of the server. */
async function makeAnnotated(serverRows: Row[], items = serverRows.map(({ path }) => makeItem(path))): Promise<void> {
  known = serverRows;
  client = new ClientDouble({
    rows: ({ folder }) => makeListing(folder, folder === study ? known : [], folder === study ? 'study' : null)
  });
  rows = new RowsModel({ client, jobs: new JobsModel(client) });
  const contents = () => fixture.manager.services.contents;
  const annotator = new RowAnnotator({ rows, trans, pathOf: model => wirePath(contents(), model.path) });
  folders = new ShownFolders({ rows, pathOf: path => wirePath(contents(), path), browsers: () => [fixture.browser] });
  fixture = await makeBrowser(items);
  wraps = [
    wrapRenderer(DirListing.Renderer.prototype, (node, model) => annotator.draw(node, model)),
    listTrueSizes({ sizeOf: item => rows.get(contentsPath(item.path))?.bytes, seen: model => folders.see(model) })
  ];
  rows.changed.connect(() => annotator.redraw(() => true));
  rows.progressed.connect((_, moving) => annotator.redraw(path => path === moving));
  fixture.browser.model.pathChanged.connect(() => fixture.draw());
  await fixture.browser.model.cd('.');
  fixture.draw();
}

/** The states arrive. */
async function arrive(): Promise<void> {
  folders.wake();
  await rows.refresh(study);
  fixture.draw();
}

function data(name: string): Record<string, string | undefined> {
  const { dataladState, dataladKind, dataladHere, dataladChange } = fixture.row(name).dataset;
  return { state: dataladState, kind: dataladKind, here: dataladHere, change: dataladChange };
}

function description(name: string): string | null | undefined {
  return fixture.row(name).querySelector('.jp-DirListing-itemName')?.getAttribute('aria-description');
}

const size = (name: string) => fixture.row(name).querySelector('.jp-DirListing-itemFileSize')?.textContent;

afterEach(() => {
  wraps.forEach(wrap => wrap.dispose());
  fixture.dispose();
});

test('rows carry what the contract promises as soon as the states arrive', async () => {
  await makeAnnotated([
    makeRow('absent.bin'),
    makeRow('script.py', { kind: 'git', here: undefined, bytes: 125, change: 'modified' })
  ]);
  expect(data('absent.bin')).toEqual({});
  await arrive();
  expect(data('absent.bin')).toEqual({ state: 'ready', kind: 'annex', here: 'no', change: undefined });
  expect(description('absent.bin')).toBe('not here, 4.8 MB');
  expect(data('script.py')).toEqual({ state: 'ready', kind: 'git', here: undefined, change: 'modified' });
  // Galata finds rows by the beginning of the tooltip.
  expect(fixture.row('absent.bin').title).toMatch(/^Name: absent\.bin\nSize: 4\.8 MB\n[^]*\nDataLad: not here, 4\.8 MB$/);
});

test('true sizes are shown and sorted by', async () => {
  await makeAnnotated([
    makeRow('a.bin', { bytes: 3_000 }),
    makeRow('b.bin', { bytes: 1_000 }),
    makeRow('c.bin', { bytes: 2_000, here: 'yes' })
  ]);
  const [listing] = [...listings(fixture.browser)];
  listing?.sort({ key: 'file_size', direction: 'ascending' });
  await arrive();
  expect(fixture.names()).toEqual(['b.bin', 'c.bin', 'a.bin']);
  known = [makeRow('a.bin', { bytes: 500 }), ...known.slice(1)];
  await rows.refresh(study);
  fixture.draw();
  expect(fixture.names()).toEqual(['a.bin', 'b.bin', 'c.bin']);
});

function* listings(widget: { children(): IterableIterator<unknown> }): Generator<DirListing> {
  for (const child of widget.children()) {
    if (child instanceof DirListing) {
      yield child;
    } else if (typeof child === 'object' && child !== null && 'children' in child) {
      yield* listings(child as typeof widget);
    }
  }
}

test('a node that is used again for another row keeps nothing of the old one', async () => {
  await makeAnnotated([makeRow('absent.bin', { change: 'typechange' })]);
  await arrive();
  const node = fixture.row('absent.bin');
  fixture.folders.set('notes', [makeItem('notes/todo.md')]);
  await fixture.browser.model.cd('/notes');
  fixture.draw();
  expect(fixture.row('todo.md')).toBe(node);
  expect(data('todo.md')).toEqual({});
  expect(description('todo.md')).toBeNull();
  expect(node.title).not.toContain('DataLad');
});

test('what is partly here or not installed says so in place of a size, until it changes', async () => {
  const folder = makeRow('data', {
    kind: 'directory',
    here: 'partly',
    bytes: 20_971_520,
    below: { files: 4, filesHere: 1, bytesHere: 3_250_000 }
  });
  const absent = makeRow('sub', { kind: 'dataset-absent', bytes: undefined });
  await makeAnnotated(
    [folder, absent],
    [folder, absent].map(({ path }) => makeItem(path, { type: 'directory', size: undefined }))
  );
  showSizes(fixture);
  await arrive();
  expect(size('data')).toBe('3.1\u2009/\u200920 MB');
  expect(size('sub')).toBe('not installed');
  known = [
    { ...folder, here: 'yes' },
    { ...absent, kind: 'dataset', here: undefined }
  ];
  await rows.refresh(study);
  fixture.draw();
  expect(size('data')).toBe('20 MB');
  expect(size('sub')).toBe('');
});

function showSizes({ browser, draw }: IBrowserFixture): void {
  for (const listing of listings(browser)) {
    listing.setColumnVisibility('file_size', true);
  }
  draw();
}

test('a row shows how far its file is, and stops when it is there', async () => {
  await makeAnnotated([makeRow('absent.bin')]);
  await arrive();
  const path = contentsPath('study/absent.bin');
  client.tell({ type: 'job', job: makeJob({ progress: { active: [{ path, bytes: 1_000_000, totalBytes: 4_000_000 }] } }) });
  const node = fixture.row('absent.bin');
  expect(node.style.getPropertyValue('--datalad-progress')).toBe('0.250');
  expect(description('absent.bin')).toBe('coming, 25 %, 4.8 MB');
  client.tell({ type: 'job', job: makeJob({ state: 'ok' }) });
  expect(node.style.getPropertyValue('--datalad-progress')).toBe('');
  expect(description('absent.bin')).toBe('not here, 4.8 MB');
});

test('the line of a running kernel stays, whichever comes first', async () => {
  await makeAnnotated([makeRow('absent.bin')]);
  await arrive();
  const node = fixture.row('absent.bin');
  node.title += '\nKernel: Python 3';
  const title = node.title;
  await rows.refresh(study);
  expect(node.title).toBe(title);
  known = [makeRow('absent.bin', { here: 'yes' })];
  await rows.refresh(study);
  expect(node.title).toMatch(/\nDataLad: here, 4\.8 MB$/);
});

test('a folder that nobody changed is not asked about again when JupyterLab looks at it', async () => {
  await makeAnnotated([makeRow('absent.bin')]);
  await arrive();
  const before = client.asked.length;
  await fixture.browser.model.cd('.');
  expect(client.asked).toHaveLength(before);
  fixture.folders.set('study', [makeItem('study/absent.bin', { last_modified: '2027-01-01T00:00:00Z' })]);
  await fixture.browser.model.cd('.');
  expect(client.asked).toHaveLength(before + 1);
});

test('a file that another program has made is listed as soon as the server tells of it', async () => {
  await makeAnnotated([makeRow('absent.bin')]);
  await arrive();
  known = [...known, makeRow('new.bin', { kind: 'other', here: undefined, bytes: 10, change: 'new' })];
  fixture.folders.set(
    'study',
    known.map(({ path }) => makeItem(path))
  );
  const listed = new Promise<void>(resolve => fixture.browser.model.refreshed.connect(() => resolve()));
  client.tell({ type: 'changed', dataset: study, what: 'folder', folder: study });
  await listed;
  fixture.draw();
  expect(fixture.names()).toEqual(['absent.bin', 'new.bin']);
  expect(data('new.bin')).toMatchObject({ kind: 'other', change: 'new' });
});

test('rows of Open dialogs carry the same, with true sizes', async () => {
  await makeAnnotated([makeRow('absent.bin')]);
  await arrive();
  const dialog = FileDialog.getOpenFiles({ manager: fixture.manager, defaultPath: '/study' });
  const find = () => document.querySelector<HTMLElement>('.jp-Open-Dialog .jp-DirListing-item');
  await waitFor(() => expect(find()?.dataset.dataladHere).toBe('no'));
  expect(find()?.title).toMatch(/Size: 4\.8 MB/);
  await dismissDialog();
  await dialog;
});
