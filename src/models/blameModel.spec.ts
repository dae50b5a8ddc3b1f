import { waitFor } from '@testing-library/dom';
import { ClientDouble } from '../client/client.fixtures';
import { FailureError } from '../protocol/failure';
import { contentsPath } from '../protocol/paths';
import { BlameModel } from './blameModel';
import { commitId } from './history.fixtures';
import { JobsModel } from './jobsModel';
import { RowsModel } from './rowsModel';

const dataset = contentsPath('study');
const path = contentsPath('study/notes.txt');
const old = { path: contentsPath('study/old.txt'), commit: commitId(1) };

function makeModel() {
  const world = { text: 'one', fails: false };
  const client = new ClientDouble({
    blame: ({ commit }) => {
      if (world.fails) {
        throw new FailureError({ kind: 'no-lines', message: 'none' });
      }
      return { text: commit ?? world.text, commits: [], runs: [{ count: 1, commit: null }] };
    }
  });
  const model = new BlameModel({ client, rows: new RowsModel({ client, jobs: new JobsModel(client) }) }, dataset, path);
  return { world, client, model, asked: () => client.asked.filter(line => line.startsWith('blame ')) };
}

test('it reads once somebody sees it, and again what is in the folder when that changes', async () => {
  const { world, client, model, asked } = makeModel();
  expect(asked()).toEqual([]);
  model.setActive(true);
  await waitFor(() => expect(model.state.blame?.text).toBe('one'));
  world.text = 'two';
  client.tell({ type: 'changed', dataset, what: 'state' });
  await waitFor(() => expect(model.state.blame?.text).toBe('two'));
  world.fails = true;
  client.tell({ type: 'changed', dataset, what: 'state' });
  await waitFor(() => expect(model.state.failure?.kind).toBe('no-lines'));
  expect(model.state.blame).toBeNull();
});

test('an earlier version takes its place, is not read again, and leads back', async () => {
  const { client, model, asked } = makeModel();
  model.setActive(true);
  await waitFor(() => expect(model.state.blame).not.toBeNull());
  model.open(old);
  expect(model.state).toMatchObject({ version: old, blame: null, canGoBack: true });
  await waitFor(() => expect(model.state.blame?.text).toBe(old.commit));
  const before = asked().length;
  client.tell({ type: 'changed', dataset, what: 'state' });
  await model.refresh();
  expect(asked()).toHaveLength(before);
  model.back();
  expect(model.state).toMatchObject({ version: { path, commit: null }, canGoBack: false });
  expect(model.state.blame?.text).toBe('one');
});

test('an answer about a version that is not shown any more is not shown', async () => {
  const { model } = makeModel();
  model.setActive(true);
  model.open(old);
  await waitFor(() => expect(model.state.blame).not.toBeNull());
  expect(model.state.blame?.text).toBe(old.commit);
});
