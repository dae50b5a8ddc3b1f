import { ClientDouble, makeListing } from '../client/client.fixtures';
import { FailureError } from '../protocol/failure';
import type { Health } from '../protocol/health';
import type { Summary, Totals } from '../protocol/dataset';
import { contentsPath } from '../protocol/paths';
import { CurrentModel } from './currentModel';
import { JobsModel } from './jobsModel';
import { RowsModel } from './rowsModel';

const study = contentsPath('study');
const health: Health = { version: '1', node: '24', tools: [], available: true };
const totals: Totals = {
  here: { files: 1, bytes: 1, unsized: 0 },
  notHere: { files: 2, bytes: 2, unsized: 0 },
  counting: false
};

function summaryOf(path: string): Summary {
  return {
    dataset: { path: contentsPath(path), name: path, annex: 'ready' },
    branch: { name: 'main' },
    superdatasets: [],
    changes: [],
    truncated: false,
    siblings: [],
    obstacles: []
  };
}

function makeModel(answers: ConstructorParameters<typeof ClientDouble>[0] = {}) {
  const client = new ClientDouble({
    health: () => health,
    rows: ({ folder }) => makeListing(folder, [], folder === '' ? null : (folder.split('/')[0] ?? null)),
    dataset: ({ path }) => summaryOf(path),
    totals: () => totals,
    ...answers
  });
  const rows = new RowsModel({ client, jobs: new JobsModel(client) });
  return { client, rows, current: new CurrentModel({ client, rows }) };
}

/** Lets every answer arrive. */
function settled(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve));
}

/** Resolves when the model is in a phase. */
function reached(current: CurrentModel, phase: CurrentModel['state']['phase']): Promise<void> {
  return new Promise(resolve => {
    const look = () => current.state.phase === phase && resolve();
    current.changed.connect(look);
    look();
  });
}

test('the dataset around the folder in view is read with its totals', async () => {
  const { client, current } = makeModel();
  current.follow(contentsPath('study/data'));
  expect(current.state).toMatchObject({ phase: 'loading', folder: 'study/data' });
  await reached(current, 'dataset');
  expect(current.state.summary?.dataset.path).toBe('study');
  await settled();
  expect(current.state.totals).toEqual(totals);
  expect(client.asked).toContain('dataset {"path":"study"}');
});

test('outside datasets nothing but rows and health is asked', async () => {
  const { client, current } = makeModel();
  current.follow(contentsPath(''));
  await reached(current, 'none');
  expect(new Set(client.asked)).toEqual(new Set(['rows {"folder":""}', 'health {}']));
});

test('within one dataset the state stays while the folder changes', async () => {
  const { current, rows } = makeModel();
  current.follow(study);
  await reached(current, 'dataset');
  const phases = new Set<string>();
  current.changed.connect(() => phases.add(current.state.phase));
  current.follow(contentsPath('study/data'));
  await rows.refresh(contentsPath('study/data'));
  expect([...phases]).toEqual(['dataset']);
  expect(current.state).toMatchObject({ folder: 'study/data', summary: { dataset: { path: 'study' } } });
});

test('a subdataset takes the place of the dataset around it', async () => {
  const { current, rows } = makeModel({
    rows: ({ folder }) => makeListing(folder, [], folder === 'study/sub' ? 'study/sub' : 'study')
  });
  current.follow(study);
  await reached(current, 'dataset');
  current.follow(contentsPath('study/sub'));
  await rows.refresh(contentsPath('study/sub'));
  await settled();
  expect(current.state.summary?.dataset.path).toBe('study/sub');
});

test('a pin holds the dataset until it is taken off', async () => {
  const { current } = makeModel();
  current.follow(study);
  await reached(current, 'dataset');
  current.pin(study);
  current.follow(contentsPath('other'));
  expect(current.state).toMatchObject({ folder: 'study', pinned: true });
  current.pin(null);
  expect(current.state).toMatchObject({ folder: 'other', pinned: false });
  await reached(current, 'dataset');
  expect(current.state.summary?.dataset.path).toBe('other');
});

test('totals that fail after another dataset has come into view say nothing of that one', async () => {
  let fail: (reason: unknown) => void = () => undefined;
  const { current } = makeModel({
    totals: ({ dataset }) => (dataset === 'study' ? new Promise<Totals>((_, reject) => (fail = reject)) : totals)
  });
  current.follow(study);
  await reached(current, 'dataset');
  await settled();
  current.follow(contentsPath('other'));
  await settled();
  fail(new FailureError({ kind: 'not-found', message: 'gone' }));
  await settled();
  expect(current.state).toMatchObject({ phase: 'dataset', summary: { dataset: { path: 'other' } } });
});

test('events of the dataset refresh what they are about', async () => {
  const { client, current } = makeModel();
  current.follow(study);
  await reached(current, 'dataset');
  await settled();
  client.asked.length = 0;
  client.tell({ type: 'changed', dataset: study, what: 'figures' });
  await settled();
  expect(client.asked.filter(call => !call.startsWith('rows'))).toEqual(['totals {"dataset":"study"}']);
  client.tell({ type: 'changed', dataset: contentsPath('other'), what: 'state' });
  await settled();
  expect(client.asked.filter(call => call.startsWith('dataset'))).toEqual([]);
  // The row of a subdataset, which may have got or lost unsaved changes.
  client.tell({ type: 'changed', dataset: study, what: 'figures', folder: contentsPath('study/inputs') });
  await settled();
  expect(client.asked.filter(call => call.startsWith('dataset'))).toEqual(['dataset {"path":"study"}']);
  client.asked.length = 0;
  client.tell({ type: 'changed', dataset: study, what: 'state' });
  await settled();
  // Totals are told of by an event of their own.
  expect(client.asked.filter(call => !call.startsWith('rows'))).toEqual(['dataset {"path":"study"}']);
});

test('where there are no files it is silent and asks for nothing more', async () => {
  const { client, current } = makeModel({ health: () => ({ ...health, available: false }) });
  current.follow(study);
  await reached(current, 'silent');
  client.asked.length = 0;
  current.follow(contentsPath('other'));
  expect(current.state.phase).toBe('silent');
  expect(client.asked).toEqual([]);
});

test('another drive is silent, and the way back is not', async () => {
  const { client, current } = makeModel();
  current.follow(null);
  expect(current.state.phase).toBe('silent');
  expect(client.asked).toEqual([]);
  current.follow(study);
  await reached(current, 'dataset');
});

test('a server that is not there is told, and mended by a refresh', async () => {
  const { client, current } = makeModel();
  const { rows } = client.answers;
  delete client.answers.rows;
  current.follow(study);
  await reached(current, 'failed');
  expect(current.state.failure).toMatchObject({ kind: 'server-unreachable' });
  client.answers.rows = rows;
  await current.refresh();
  expect(current.state).toMatchObject({ phase: 'dataset', failure: null });
  // Somebody asked: nothing that was seen a moment ago will do.
  expect(client.asked).toContain('dataset {"path":"study","complete":true}');
});
