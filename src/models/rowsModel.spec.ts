import { ClientDouble, makeJob, makeListing, makeRow } from '../client/client.fixtures';
import type { Listing } from '../protocol/dataset';
import { FailureError } from '../protocol/failure';
import { type ContentsPath, contentsPath } from '../protocol/paths';
import { JobsModel } from './jobsModel';
import { RowsModel } from './rowsModel';

const study = contentsPath('study');
const data = contentsPath('study/data.bin');

/** A workspace with the dataset `study` among ordinary folders. */
function makeModel(change: (folder: string) => Listing | undefined = () => undefined) {
  const client = new ClientDouble({
    rows: ({ folder }) => {
      const usual =
        folder === ''
          ? makeListing('', [makeRow('', { path: study, name: 'study', kind: 'dataset', here: 'partly' })], null)
          : folder.startsWith('study')
            ? makeListing(folder, [makeRow('data.bin')])
            : makeListing(folder, [], null);
      return change(folder) ?? usual;
    }
  });
  const rows = new RowsModel({ client, jobs: new JobsModel(client) });
  const changed: string[] = [];
  rows.changed.connect((_, folder) => changed.push(folder));
  return { client, rows, changed };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) {
    await Promise.resolve();
  }
}

test('a folder that is shown is read once, however many show it', async () => {
  const { client, rows, changed } = makeModel();
  rows.show(study);
  rows.show(study);
  expect(rows.get(data)).toBeUndefined();
  await settle();
  expect(client.asked).toEqual(['rows {"folder":"study"}']);
  expect(rows.get(data)).toMatchObject({ kind: 'annex', here: 'no' });
  expect(rows.state(data)).toBe('ready');
  expect(changed).toEqual(['study']);
});

test('rows outside datasets cost one question and no stream, and say nothing', async () => {
  const { client, rows } = makeModel();
  const notes = contentsPath('notes');
  rows.show(notes);
  await settle();
  rows.revalidate();
  rows.revalidateFolder(notes);
  client.tell({ type: 'changed', dataset: study, what: 'state' });
  await settle();
  expect(client.asked).toEqual(['rows {"folder":"notes"}']);
  expect(client.listeners).toBe(0);
  expect(rows.state(contentsPath('notes/todo.md'))).toBeNull();
});

test('a folder of a dataset listens while it is shown', async () => {
  const { client, rows } = makeModel();
  const showing = rows.show(study);
  await settle();
  expect(client.listeners).toBe(1);
  showing.dispose();
  expect(client.listeners).toBe(0);
});

test.each([
  [{ type: 'changed', dataset: study, what: 'state' }, 1],
  [{ type: 'changed', dataset: study, what: 'figures' }, 1],
  [{ type: 'changed', dataset: study, what: 'folder', folder: study }, 1],
  [{ type: 'changed', dataset: study, what: 'folder', folder: contentsPath('study/other') }, 0],
  [{ type: 'changed', dataset: contentsPath('another'), what: 'state' }, 0],
  // The dirty flag of a subdataset's row.
  [{ type: 'changed', dataset: contentsPath('study/sub'), what: 'state' }, 1],
  [{ type: 'hello', server: 'a', gap: true }, 1],
  [{ type: 'hello', server: 'a', gap: false }, 0]
] as const)('after %j the folder is read %d times more', async (event, times) => {
  const { client, rows } = makeModel();
  rows.show(study);
  await settle();
  client.tell(event);
  await settle();
  expect(client.asked).toHaveLength(1 + times);
});

test('only rows known to be in a dataset are pending or in error', async () => {
  let answers = true;
  const { client, rows } = makeModel(folder => {
    if (!answers) {
      throw new FailureError({ kind: 'server-unreachable', message: folder });
    }
    return undefined;
  });
  rows.show(contentsPath(''));
  await settle();
  const inner = contentsPath('study/data.bin');
  const outer = contentsPath('notes/todo.md');
  expect(rows.state(inner)).toBeNull();
  rows.show(contentsPath('notes'));
  expect(rows.state(outer)).toBeNull();
  answers = false;
  rows.show(study);
  expect(rows.state(inner)).toBe('pending');
  await settle();
  expect(rows.state(inner)).toBe('error');
  answers = true;
  await rows.refresh(study);
  expect(rows.state(inner)).toBe('ready');
  expect(client.asked).toHaveLength(4);
});

test('a file shows its progress while a job moves it', async () => {
  const { client, rows } = makeModel();
  const progressed: ContentsPath[] = [];
  rows.progressed.connect((_, path) => progressed.push(path));
  client.tell({ type: 'job', job: makeJob({ progress: { active: [{ path: data, bytes: 10, totalBytes: 40 }] } }) });
  expect(rows.progress(data)).toEqual({ bytes: 10, totalBytes: 40 });
  client.tell({ type: 'job', job: makeJob({ state: 'ok' }) });
  expect(rows.progress(data)).toBeUndefined();
  expect(progressed).toEqual([data, data]);
});

test('a name that is no UTF-8 is found by its bytes', async () => {
  const path = contentsPath(`bytes:${Buffer.from('study/caf\xe9', 'latin1').toString('base64url')}`);
  const { rows } = makeModel(folder => (folder === 'study' ? makeListing('study', [makeRow('caf\\xe9', { path })]) : undefined));
  rows.show(study);
  await settle();
  expect(rows.get(path)).toMatchObject({ name: 'caf\\xe9' });
});
