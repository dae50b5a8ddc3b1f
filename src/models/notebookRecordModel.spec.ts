import { Signal } from '@lumino/signaling';
import { type CallOutput } from '../protocol/contract';
import { type ChangedFile, type Row } from '../protocol/dataset';
import { type ContentsPath, contentsPath } from '../protocol/paths';
import type { IDataladClient, IRowsModel } from '../tokens';
import { NotebookRecordModel, verdictOf } from './notebookRecordModel';

const dataset = contentsPath('study');
const path = contentsPath('study/a.ipynb');

function changed(name: string, bytes = 1): ChangedFile {
  return { path: contentsPath(`study/${name}`), name, kind: 'git', change: 'new', bytes, staged: false };
}

/** A dataset whose answers can be changed. */
function world() {
  const answers = {
    origin: { last: null, run: null } as CallOutput<'origin'>,
    changes: [] as ChangedFile[],
    row: undefined as Partial<Row> | undefined
  };
  const events = new Signal<IDataladClient, never>({} as IDataladClient);
  const call = jest.fn(async (name: string) => (name === 'origin' ? answers.origin : { changes: answers.changes }));
  const client = { call, events, listen: () => ({ dispose: () => undefined }) } as unknown as IDataladClient;
  const rowsChanged = new Signal<IRowsModel, ContentsPath>({} as IRowsModel);
  const rows = { get: () => answers.row, changed: rowsChanged } as unknown as IRowsModel;
  const model = new NotebookRecordModel({ client, rows, dataset, path });
  return { answers, model, call, tellRows: () => rowsChanged.emit(dataset) };
}

const RUN = { commit: {}, record: {}, unchanged: true } as NonNullable<CallOutput<'origin'>['run']>;

describe('the record of an open notebook', () => {
  it('is not asked for before anybody sees it, and known then', async () => {
    const { answers, model, call } = world();
    expect([verdictOf(model.state), call.mock.calls.length]).toEqual(['unknown', 0]);
    answers.origin = { last: null, run: RUN };
    model.setActive(true);
    await model.refresh();
    expect(verdictOf(model.state)).toBe('recorded');
  });

  it('is left behind by what is typed, run or saved after it', async () => {
    const { answers, model, tellRows } = world();
    answers.origin = { last: null, run: RUN };
    await model.refresh();
    model.update({ dirty: true, executed: 0 });
    expect(verdictOf(model.state)).toBe('changed');
    model.update({ dirty: false, executed: 1 });
    expect(verdictOf(model.state)).toBe('changed');
    model.update({ dirty: false, executed: 0 });
    expect(verdictOf(model.state)).toBe('recorded');
    answers.row = { change: 'modified' };
    tellRows();
    expect(verdictOf(model.state)).toBe('changed');
  });

  it('goes with the files that came since cells were run, and not with those before', async () => {
    const { answers, model } = world();
    answers.changes = [changed('before.csv')];
    await model.refresh();
    model.update({ dirty: true, executed: 1 });
    const copies = changed('.ipynb_checkpoints/a-checkpoint.ipynb');
    answers.changes = [changed('before.csv'), changed('made.csv'), changed('a.ipynb'), copies];
    await model.refresh();
    expect(model.state.wrote.map(({ name }) => name)).toEqual(['made.csv']);
    answers.changes = [changed('before.csv', 2)];
    await model.refresh();
    expect(model.state.wrote.map(({ name }) => name)).toEqual(['before.csv']);
    // As long as before, but not of the same moment.
    answers.changes = [{ ...changed('before.csv'), modified: 1 }];
    await model.refresh();
    expect(model.state.wrote.map(({ name }) => name)).toEqual(['before.csv']);
  });
});
