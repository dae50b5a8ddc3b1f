import type { Job } from '../../protocol/job';
import { contentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { annexed, type IWorld } from './worldState.fixtures';
import { given, started } from './world.fixtures';

describe('what a command works on', () => {
  test('is the selection when nothing was said', async () => {
    const { context, run } = given({
      folder: 'study/data',
      rows: [annexed('study/data/a.bin'), annexed('study/data/b.bin')],
      selected: ['study/data/a.bin', 'study/data/b.bin']
    });
    await run(CommandIDs.get);
    expect(started(context)).toEqual([['get', { dataset: 'study', paths: ['study/data/a.bin', 'study/data/b.bin'] }]]);
    expect(context.asked).toEqual({});
  });

  test('is one job for each dataset tree', async () => {
    const { context, run } = given({ datasets: ['one', 'one/sub', 'two'] });
    const outcome = await run(CommandIDs.drop, { paths: ['one/sub/x', '/one/y', 'two/z/', 'one/sub/w'] });
    expect(started(context)).toEqual([
      ['drop', { dataset: 'one', paths: ['one/sub/x', 'one/y', 'one/sub/w'] }],
      ['drop', { dataset: 'two', paths: ['two/z'] }]
    ]);
    expect(outcome.jobs).toEqual(['job-1', 'job-2']);
  });

  test('stays in the innermost dataset that holds all paths', async () => {
    const { context, run } = given({ datasets: ['one', 'one/sub', 'one/sub/deep', 'one/other'] });
    await run(CommandIDs.unlock, { paths: ['one/sub/x', 'one/sub/deep/y'] });
    await run(CommandIDs.unlock, { paths: ['one/sub/x', 'one/other/y'] });
    expect(started(context).map(([, input]) => input)).toMatchObject([{ dataset: 'one/sub' }, { dataset: 'one' }]);
  });

  test('is asked of the server folder by folder when there are many paths', async () => {
    const { context, run } = given({ shown: false });
    const lookedUp = jest.spyOn(context.datalad.client, 'call');
    const paths = Array.from({ length: 200 }, (_, index) => `study/data/${index}.bin`);
    await run(CommandIDs.unlock, { paths });
    expect(lookedUp.mock.calls.map(([, input]) => input)).toEqual([{ path: 'study/data' }]);
    expect(started(context)).toEqual([['unlock', { dataset: 'study', paths }]]);
  });

  test.each([
    ['a path that climbs', { paths: ['../etc/passwd'] }, 'bad-request'],
    ['no path at all', { paths: [] }, 'bad-request'],
    ['a number for a path', { paths: [1] }, 'bad-request'],
    ['a path outside datasets', { paths: ['elsewhere/a'] }, 'not-a-dataset'],
    ['a dataset that is none', { dataset: 'elsewhere' }, 'not-a-dataset']
  ])('%s is answered, not thrown', async (_, args, kind) => {
    const { context, run } = given({});
    const outcome = await run(CommandIDs.get, args);
    expect(outcome).toMatchObject({ status: 'error', jobs: [], results: [], failure: { kind } });
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
    expect(context.started).toEqual([]);
  });
});

describe('get', () => {
  const large = { toGet: { files: 2, bytes: 2 * 1024 ** 3, unsized: 0 } };

  test('asks before it brings more than the setting, whoever calls', async () => {
    const { context, run } = given({ plan: large });
    expect(await run(CommandIDs.get, { paths: ['study/big'] })).toMatchObject({ status: 'cancelled', jobs: [] });
    expect(context.asked.get).toMatchObject({ plan: large });
    expect(context.started).toEqual([]);
  });

  test('refuses what does not fit', async () => {
    const { context, run } = given({ plan: { toGet: { files: 1, bytes: 5_000_000, unsized: 0 }, free: 1_000_000 } });
    const { failure } = await run(CommandIDs.get, { paths: ['study/a'] });
    expect(failure).toMatchObject({
      kind: 'no-space',
      message: '4.8 MB are to come, but only 976.6 KB are free.',
      parameters: { needed: 5_000_000, free: 1_000_000 }
    });
    expect(context.started).toEqual([]);
  });

  test('asks about a folder and goes on as answered', async () => {
    const { context, run } = given({
      folder: 'study',
      rows: [{ name: 'data', path: 'study/data', kind: 'directory', here: 'partly' }],
      selected: ['study/data'],
      answers: { get: { recursive: true, noData: false } }
    });
    await run(CommandIDs.get);
    expect(context.asked.get?.title).toBe('data');
    expect(context.asked.get?.commandLine({ recursive: true, noData: false })).toBe('datalad get -r data');
    expect(started(context)).toEqual([['get', { dataset: 'study', paths: ['study/data'], recursive: true }]]);
  });

  test('installs a subdataset alone without a question', async () => {
    const { context, run } = given({
      folder: 'study',
      rows: [{ name: 'sub', path: 'study/sub', kind: 'dataset-absent', here: 'no' }],
      selected: ['study/sub']
    });
    await run(CommandIDs.get, { noData: true });
    expect(context.asked).toEqual({});
    expect(started(context)).toEqual([['get', { dataset: 'study', paths: ['study/sub'], noData: true }]]);
  });

  test('passes on what a program asks for', async () => {
    const { context, run } = given({});
    await run(CommandIDs.get, { paths: ['study/a'], recursive: true, source: 'origin', isPalette: true });
    expect(started(context)).toEqual([['get', { dataset: 'study', paths: ['study/a'], recursive: true, source: 'origin' }]]);
  });
});

describe('drop', () => {
  test('tells first which other files lose the same content', async () => {
    const world: IWorld = {
      folder: 'study',
      rows: [annexed('study/a.bin', { here: 'yes' })],
      selected: ['study/a.bin'],
      dropPlan: { shared: ['study/copy.bin'] }
    };
    const { context, run } = given(world);
    expect(await run(CommandIDs.drop)).toMatchObject({ status: 'cancelled' });
    expect(context.asked.drop?.plan.shared).toEqual(['study/copy.bin']);
    expect(context.started).toEqual([]);
  });

  test('never asks when told what to drop', async () => {
    const { context, run } = given({ dropPlan: { shared: ['study/copy.bin'] } });
    await run(CommandIDs.drop, { paths: ['study/a.bin'], what: 'all' });
    expect(context.asked).toEqual({});
    expect(started(context)).toEqual([['drop', { dataset: 'study', paths: ['study/a.bin'], what: 'all' }]]);
  });

  test('has no argument that overrides a refusal', async () => {
    const { context, run } = given({});
    await run(CommandIDs.drop, { paths: ['study/a.bin'], reckless: 'availability', refused: 'job-1' });
    expect(started(context)).toEqual([['drop', { dataset: 'study', paths: ['study/a.bin'] }]]);
  });
});

describe('clone and create', () => {
  test('a clone opens where it was made', async () => {
    const { context, run } = given({});
    await run(CommandIDs.clone, { source: 'https://example.org/d', path: '/projects/d/' });
    expect(started(context)).toEqual([['clone', { source: 'https://example.org/d', path: 'projects/d' }]]);
    expect(context.opened).toEqual(['projects/d']);
  });

  test('a failed clone opens nothing', async () => {
    const { context, run } = given({ outcome: { status: 'error' } });
    expect(await run(CommandIDs.clone, { source: 'x', path: 'd' })).toMatchObject({ status: 'error' });
    expect(context.opened).toEqual([]);
  });

  test('a clone asks for what it was not told', async () => {
    const { context, run } = given({ folder: 'study', answers: { clone: { source: '/data/d', path: 'study/d' } as never } });
    await run(CommandIDs.clone, { source: '/data/d' });
    expect(context.asked.clone).toEqual({ source: '/data/d', folder: 'study', name: null, around: 'study' });
    expect(started(context)).toEqual([['clone', { source: '/data/d', path: 'study/d' }]]);
    await run(CommandIDs.clone, { path: 'work/mine' });
    expect(context.asked.clone).toEqual({ source: '', folder: 'work', name: 'mine', around: null });
  });

  test('create passes on procedures', async () => {
    const { context, run } = given({});
    await run(CommandIDs.create, { path: 'new', procedures: ['text2git', 'yoda'], description: 'mine', asSubdataset: 'study' });
    expect(started(context)).toEqual([
      ['create', { path: 'new', procedures: ['text2git', 'yoda'], description: 'mine', asSubdataset: 'study' }]
    ]);
    expect(context.opened).toEqual(['new']);
  });

  test('create asks who commits where the dataset is made, as well as where it is registered', async () => {
    const { context, run } = given({});
    const { call } = context.datalad.client;
    const of: unknown[] = [];
    context.datalad.client.call = async (name, input, ...rest) => {
      if (name === 'identity') {
        of.push('dataset' in input ? input.dataset : undefined);
      }
      return await call(name, input, ...rest);
    };
    await run(CommandIDs.create, { path: 'study/new', asSubdataset: 'study' });
    await run(CommandIDs.create, { path: 'repository', force: true });
    expect(of).toEqual(['study', 'study/new', 'repository']);
  });
});

test('status tells the rows of a folder and the totals of its dataset', async () => {
  const { run } = given({ folder: 'study', rows: [annexed('study/a.bin')] });
  expect(await run(CommandIDs.status, { paths: ['study'] })).toMatchObject({
    status: 'ok',
    rows: [{ name: 'a.bin', path: 'study/a.bin', kind: 'annex', here: 'no', bytes: 5_000_000 }],
    totals: { counting: false }
  });
  expect(await run(CommandIDs.status, { paths: ['study/a.bin'] })).toMatchObject({ rows: [{ path: 'study/a.bin' }] });
});

test('copy-command writes what an action stands for', async () => {
  const world: IWorld = { folder: 'study', rows: [annexed('study/a b.bin')], selected: ['study/a b.bin'] };
  const { context, run } = given(world);
  expect(await run(CommandIDs.copyCommand)).toMatchObject({ status: 'ok', text: "datalad get 'a b.bin'" });
  await run(CommandIDs.copyCommand, { language: 'python', operation: 'drop' });
  expect(context.copied).toBe('import datalad.api as dl\ndl.drop(["a b.bin"], dataset=".")');
});

test('cancel takes any path in a dataset for the dataset', async () => {
  const running: Job = {
    id: 'j1',
    operation: 'get',
    origin: 'panel',
    dataset: contentsPath('study'),
    input: {},
    command: [],
    state: 'running',
    created: 0,
    counts: { ok: 0, notneeded: 0, failed: 0 }
  };
  const jobs = [
    running,
    { ...running, id: 'j2', dataset: contentsPath('other') },
    { ...running, id: 'j3', state: 'ok' as const }
  ];
  const { context, run } = given({ datasets: ['study', 'other'], jobs });
  expect(await run(CommandIDs.cancel, { dataset: 'study/data/a.bin' })).toMatchObject({ status: 'ok', jobs: ['j1'] });
  expect(context.cancelled).toEqual(['j1']);
});

test('history is that of the file selected, of the dataset, or of one commit', async () => {
  const id = 'a'.repeat(40);
  const { context, run } = given({ folder: 'study', rows: [annexed('study/a.bin')], selected: ['study/a.bin'] });
  expect((await run(CommandIDs.history)).status).toBe('ok');
  await run(CommandIDs.history, { paths: ['study'] });
  await run(CommandIDs.history, { dataset: 'study', commit: id });
  await run(CommandIDs.history, { path: 'study/b.txt', commit: id });
  expect(context.histories).toEqual([
    { dataset: 'study', path: 'study/a.bin' },
    { dataset: 'study' },
    { dataset: 'study', commit: id },
    { dataset: 'study', path: 'study/b.txt', commit: id }
  ]);
  expect(context.pinned).toEqual([]);
});

test('restore saves open documents first, and does not go on without them', async () => {
  const args = { paths: ['study/a.bin'], commit: 'a'.repeat(40) };
  const { context, run } = given({ rows: [annexed('study/a.bin')] });
  await run(CommandIDs.restore, args);
  expect(started(context)).toEqual([['restore', { dataset: 'study', ...args }]]);
  expect(context.settled).toEqual([['study']]);
  const refused = given({ rows: [annexed('study/a.bin')], editorsSettled: false });
  expect((await refused.run(CommandIDs.restore, args)).status).toBe('cancelled');
  expect(started(refused.context)).toEqual([]);
});
