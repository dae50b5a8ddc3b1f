import { waitFor } from '@testing-library/dom';
import { ClientDouble } from '../client/client.fixtures';
import { commit, commitId, detailsOf } from './history.fixtures';
import type { Commit, HistoryPage } from '../protocol/history';
import { FailureError } from '../protocol/failure';
import { contentsPath } from '../protocol/paths';
import { HistoryModel, joinPages } from './historyModel';

const study = contentsPath('study');

/** A linear history of so many commits, of which a page holds three. */
function makeHistory(count: number) {
  const world = { tip: count, marked: [] as string[], failing: false };
  const from = (top: number): Commit[] => Array.from({ length: Math.min(3, top + 1) }, (_, at) => commit(top - at));
  const client = new ClientDouble({
    history: ({ cursor }): HistoryPage => {
      if (world.failing) {
        throw new FailureError({ kind: 'damaged-repository', message: 'broken' });
      }
      const top = cursor === undefined ? world.tip : parseInt(cursor.tips[0] ?? '', 16);
      const commits = from(top);
      const last = top - commits.length;
      return { commits, branch: 'main', next: last < 0 ? null : { tips: [commitId(last)], skip: 0 } };
    },
    commit: ({ commit: id }) => detailsOf(commit(parseInt(id, 16))),
    historyMarks: ({ commits }) => ({ subdatasets: commits.filter(id => world.marked.includes(id)) as never })
  });
  const model = new HistoryModel(client);
  const subjects = (): string[] => model.state.commits.map(({ subject }) => subject);
  const asked = (name: string): number => client.asked.filter(line => line.startsWith(`${name} `)).length;
  return { world, client, model, subjects, asked };
}

const ready = (model: HistoryModel): Promise<void> => waitFor(() => expect(model.state.phase).toBe('ready'));
const changed = (dataset: string, what: 'state' | 'figures' = 'state') =>
  ({ type: 'changed', dataset: contentsPath(dataset), what }) as const;

describe('HistoryModel', () => {
  it('asks for nothing before a view holds it, and loads page by page', async () => {
    const { client, model, subjects } = makeHistory(4);
    expect(client.asked).toEqual([]);
    model.hold(study);
    await ready(model);
    expect(subjects()).toEqual(['Commit 4', 'Commit 3', 'Commit 2']);
    expect(model.state.more).toBe(true);
    await model.more();
    expect(subjects()).toEqual(['Commit 4', 'Commit 3', 'Commit 2', 'Commit 1', 'Commit 0']);
    expect(model.state.more).toBe(false);
    const before = client.asked.length;
    await model.more();
    expect(client.asked.length).toBe(before);
  });

  it('puts new commits on top and keeps what was loaded', async () => {
    const { world, client, model, subjects } = makeHistory(6);
    model.hold(study);
    await ready(model);
    await model.more();
    world.tip = 8;
    client.tell(changed('study'));
    await waitFor(() => expect(subjects()[0]).toBe('Commit 8'));
    expect(subjects()).toEqual([8, 7, 6, 5, 4, 3, 2, 1].map(number => `Commit ${number}`));
    // Others' changes, and figures, are no reason to read.
    const before = client.asked.length;
    client.tell(changed('study', 'figures'));
    client.tell(changed('other'));
    expect(client.asked.length).toBe(before);
  });

  it('misses no commit that comes while a page is read', async () => {
    const { world, client, model, subjects } = makeHistory(3);
    model.hold(study);
    // The answer that is on its way does not hold it.
    world.tip = 4;
    client.tell(changed('study'));
    await waitFor(() => expect(subjects()[0]).toBe('Commit 4'));
  });

  it('begins anew where history is another one', async () => {
    const { world, client, model, subjects } = makeHistory(6);
    model.hold(study);
    await ready(model);
    await model.more();
    world.tip = 2;
    client.tell(changed('study'));
    await waitFor(() => expect(subjects()).toEqual(['Commit 2', 'Commit 1', 'Commit 0']));
    expect(model.state.more).toBe(false);
  });

  it('hears nothing when no view holds it, and looks again when one does', async () => {
    const { world, client, model, subjects } = makeHistory(3);
    const held = model.hold(study);
    await ready(model);
    held.dispose();
    world.tip = 4;
    const before = client.asked.length;
    client.tell(changed('study'));
    expect(client.asked.length).toBe(before);
    model.hold(study);
    await waitFor(() => expect(subjects()[0]).toBe('Commit 4'));
  });

  it('marks what touches a subdataset when that is known', async () => {
    const { world, model } = makeHistory(3);
    world.marked = [commitId(2)];
    model.hold(study);
    await waitFor(() => expect([...model.state.subdatasets]).toEqual([commitId(2)]));
  });

  it('shows a commit, and only the last one asked for', async () => {
    const { model, asked } = makeHistory(3);
    model.hold(study);
    await ready(model);
    model.select(commitId(1));
    model.select(commitId(2));
    await waitFor(() => expect(model.state.details?.commit.id).toBe(commitId(2)));
    expect(asked('commit')).toBe(2);
    model.select(null);
    expect(model.state).toMatchObject({ selected: null, details: null });
  });

  it('is asked from elsewhere for the history of a file', async () => {
    const { client, model } = makeHistory(3);
    const told = jest.fn();
    model.asked.connect(told);
    model.open({ dataset: study, path: contentsPath('study/a') });
    expect(told).toHaveBeenCalledTimes(1);
    await ready(model);
    expect(client.asked[0]).toContain('"path":"study/a"');
    // The view that shows it does not begin with another one.
    model.hold(study);
    expect(model.state.path).toBe('study/a');
    model.setSearch({ message: 'mask' });
    await ready(model);
    expect(client.asked.at(-2)).toContain('"search":{"message":"mask"}');
    model.setPath(null);
    expect(model.state).toMatchObject({ path: null, search: {} });
  });

  it('keeps a commit open that was opened before a search began', async () => {
    const { model } = makeHistory(3);
    model.hold(study);
    await ready(model);
    model.select(commitId(2));
    model.setSearch({ message: 'mask' });
    expect(model.state.selected).toBe(commitId(2));
    await waitFor(() => expect(model.state.details?.commit.id).toBe(commitId(2)));
    await ready(model);
    expect(model.state.selected).toBe(commitId(2));
  });

  it('says why it cannot be read, and reads again when asked', async () => {
    const { world, client, model } = makeHistory(3);
    world.failing = true;
    model.hold(study);
    await waitFor(() => expect(model.state.failure?.kind).toBe('damaged-repository'));
    world.failing = false;
    client.tell(changed('study'));
    await ready(model);
    expect(model.state.failure).toBeNull();
    expect(model.state.commits.length).toBe(3);
  });

  it('goes on where a page could not be read, once something changed', async () => {
    const { world, client, model, subjects } = makeHistory(6);
    model.hold(study);
    await ready(model);
    world.failing = true;
    await model.more();
    expect(model.state).toMatchObject({ phase: 'failed', more: false });
    world.failing = false;
    client.tell(changed('study'));
    await ready(model);
    expect(model.state).toMatchObject({ failure: null, more: true });
    await model.more();
    await model.more();
    expect(subjects()).toEqual([6, 5, 4, 3, 2, 1, 0].map(number => `Commit ${number}`));
    expect(model.state.more).toBe(false);
  });
});

test('pages are joined where they meet, and only there', () => {
  const list = (...numbers: number[]): Commit[] => numbers.map(number => commit(number));
  const ids = (commits: readonly Commit[] | null) => commits?.map(({ id }) => parseInt(id, 16)) ?? null;
  expect(ids(joinPages(list(5, 4, 3), list(4, 3, 2, 1)))).toEqual([5, 4, 3, 2, 1]);
  expect(ids(joinPages(list(4, 3), list(4, 3, 2)))).toEqual([4, 3, 2]);
  expect(joinPages(list(9, 8, 7), list(4, 3))).toBeNull();
  expect(joinPages(list(5, 4, 9), list(4, 3, 2))).toBeNull();
  expect(joinPages(list(1), [])).toBeNull();
});
