import { DisposableDelegate } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { ClientDouble } from '../client/client.fixtures';
import type { Difference, SideContent } from '../protocol/compare';
import { FailureError } from '../protocol/failure';
import { type ContentsPath, contentsPath } from '../protocol/paths';
import type { IRowsModel } from '../tokens';
import { ComparisonModel } from './comparisonModel';

const dataset = contentsPath('study');
const path = contentsPath('study/a.txt');
const DIFFERENCE: Difference = { path, name: 'a.txt', status: 'modified' };

/** A model on a server with one file, whose text on the second side can be changed. */
function given(files: Difference[] = [DIFFERENCE]) {
  const world = { files, text: 'new', failure: false };
  const client = new ClientDouble({
    differences: ({ from }) => {
      if (world.failure) {
        throw new FailureError({ kind: 'not-found', message: 'gone' });
      }
      return {
        dataset,
        from: { side: from === 'worktree' ? 'worktree' : 'nothing' },
        to: { side: 'worktree' },
        files: world.files,
        total: files.length,
        truncated: false
      };
    },
    content: ({ path, side }): SideContent => ({
      path: contentsPath(path),
      facts: { kind: 'git' },
      body: side === 'worktree' ? { type: 'text', text: world.text } : { type: 'absent' }
    }),
    hunks: () => ({ hunks: [], added: 0, removed: 0, truncated: false })
  });
  const changed = new Signal<IRowsModel, ContentsPath>({} as IRowsModel);
  let shown = 0;
  const rows = {
    changed,
    show: () => {
      shown += 1;
      return new DisposableDelegate(() => (shown -= 1));
    }
  } as unknown as IRowsModel;
  const model = (one: ContentsPath | undefined = path): ComparisonModel =>
    new ComparisonModel({ client, rows }, { dataset, ...(one === undefined ? {} : { path: one }), from: 'HEAD', to: 'worktree' });
  return { world, client, rows, changed, model, shown: () => shown };
}

/** Resolves when the model has nothing left to read. */
async function settled(model: ComparisonModel): Promise<void> {
  await model.refresh();
}

test('a file is read on both sides, by the ids that its sides were found to be', async () => {
  const { client, model } = given();
  const one = model();
  expect(one.state.phase).toBe('loading');
  await settled(one);
  expect(one.state).toMatchObject({ phase: 'ready', file: { difference: DIFFERENCE, before: { body: { type: 'absent' } } } });
  const asked = client.asked.filter(call => call.startsWith('content'));
  expect(asked.map(call => (JSON.parse(call.slice('content '.length)) as { side: string }).side)).toEqual([
    'nothing',
    'worktree'
  ]);
  one.dispose();
});

test('a renamed file is read where it was', async () => {
  const old = contentsPath('study/old.txt');
  const { client, model } = given([{ ...DIFFERENCE, status: 'renamed', oldPath: old, oldName: 'old.txt' }]);
  await settled(model());
  expect(client.asked.find(call => call.startsWith('content'))).toContain('"path":"study/old.txt"');
});

test('a folder or a dataset is a list of files', async () => {
  const { client, model } = given([DIFFERENCE, { ...DIFFERENCE, path: contentsPath('study/b.txt'), name: 'b.txt' }]);
  const one = model(dataset);
  await settled(one);
  expect(one.state).toMatchObject({ phase: 'ready', file: null, differences: { total: 2 } });
  expect(client.asked.some(call => call.startsWith('content'))).toBe(false);
});

test('it listens while somebody sees it, and what did not change stays the same object', async () => {
  const { world, client, changed, model, shown } = given();
  const one = model();
  one.setActive(true);
  await settled(one);
  expect([client.listeners, shown()]).toEqual([1, 1]);
  const { file } = one.state;
  world.text = 'newer';
  client.tell({ type: 'changed', dataset, what: 'state' });
  await settled(one);
  expect(one.state.file?.after.body).toEqual({ type: 'text', text: 'newer' });
  expect(one.state.file?.before).toBe(file?.before);
  const asked = client.asked.length;
  client.tell({ type: 'changed', dataset, what: 'figures' });
  client.tell({ type: 'changed', dataset: contentsPath('other'), what: 'state' });
  changed.emit(contentsPath('other'));
  expect(client.asked).toHaveLength(asked);
  changed.emit(dataset);
  expect(client.asked.length).toBeGreaterThan(asked);
  one.setActive(false);
  expect([client.listeners, shown()]).toEqual([0, 0]);
});

test('a failure is shown, and goes with the next answer', async () => {
  const { world, model } = given();
  const one = model();
  world.failure = true;
  await settled(one);
  expect(one.state).toMatchObject({ phase: 'failed', failure: { kind: 'not-found' } });
  world.failure = false;
  await settled(one);
  expect(one.state).toMatchObject({ phase: 'ready', failure: null });
});

test('a side that is compared with itself is the file as it is there, and is read once', async () => {
  const { client, rows } = given([]);
  const one = new ComparisonModel({ client, rows }, { dataset, path, from: 'worktree', to: 'worktree' });
  await settled(one);
  expect(client.asked.filter(call => call.startsWith('content'))).toHaveLength(1);
  expect(one.state.file).toMatchObject({ difference: null, after: { body: { type: 'text', text: 'new' } } });
  expect(one.state.file?.before).toBe(one.state.file?.after);
  one.dispose();
});
