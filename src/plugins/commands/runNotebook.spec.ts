import type { JobName } from '../../protocol/contract';
import { contentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { FakeContext } from './context.fixtures';
import type { IWorld } from './worldState.fixtures';
import { runNotebook } from './runNotebook';

const NOTEBOOK: IWorld['notebook'] = {
  kernel: { name: 'python3', language: 'python' },
  cells: 2,
  parameters: [{ name: 'alpha', value: '0.5' }],
  papermill: true,
  inputs: [{ pattern: 'data.csv', from: 'source' }],
  outputs: [],
  command: ''
};
const EXECUTION: IWorld['execution'] = {
  path: 'study/analysis.ipynb',
  command: 'jupyter …',
  inputs: [{ pattern: 'data.csv', from: 'opened' }],
  outputs: [{ pattern: 'out [[]1].csv', from: 'changed' }],
  uncovered: { unsaved: [], files: [], programs: [], hosts: [] },
  observed: true
};
const RUN = { message: 'Made', inputs: ['data.csv'], outputs: [], parameters: {} };
const RECORD = { message: 'Made', inputs: ['data.csv'], outputs: ['out [[]1].csv'], failed: 'keep' as const };
const WORLD: IWorld = { folder: 'study', notebook: NOTEBOOK, execution: EXECUTION };

function given(world: IWorld) {
  const context = new FakeContext({ ...WORLD, ...world });
  return { context, run: (args = {}) => runNotebook(context).execute(args) };
}
const started = ({ started: jobs }: FakeContext): [JobName, unknown][] => jobs.map(({ name, input }) => [name, input]);
const place = { dataset: 'study', path: 'study/analysis.ipynb' };

describe(CommandIDs.runNotebook, () => {
  test('runs the notebook in front, and records what was ticked', async () => {
    const { context, run } = given({ inFront: 'study/analysis.ipynb', answers: { runNotebook: RUN, execution: RECORD } });
    expect((await run()).status).toBe('ok');
    const { failed: _, ...record } = RECORD;
    expect(started(context)).toEqual([
      ['runNotebook', { ...place, inputs: ['data.csv'] }],
      ['recordNotebook', { dataset: 'study', execution: 'job-1', ...record }]
    ]);
    expect(context.asked.runNotebook?.commandLine(RUN)).toBe(
      'datalad run -m Made -i analysis.ipynb -i data.csv -o analysis.ipynb ' +
        "'jupyter nbconvert --to notebook --execute --ExecutePreprocessor.record_timing=False --inplace analysis.ipynb'"
    );
  });

  test('starts nothing unless somebody agrees, whatever the arguments say; and records nothing unasked', async () => {
    const path = 'study/analysis.ipynb';
    const refused = given({});
    expect((await refused.run({ path, message: 'Made', inputs: ['*.csv'] })).status).toBe('cancelled');
    expect(started(refused.context)).toEqual([]);
    expect(refused.context.asked.runNotebook?.initial).toMatchObject({ message: 'Made', inputs: ['*.csv', 'data.csv'] });
    const unrecorded = given({ answers: { runNotebook: RUN } });
    expect(await unrecorded.run({ path })).toMatchObject({ status: 'cancelled', jobs: ['job-1'] });
    expect(started(unrecorded.context).map(([name]) => name)).toEqual(['runNotebook']);
  });

  test('hands parameters that were changed to papermill, as what they look like', async () => {
    const { context, run } = given({ answers: { runNotebook: { ...RUN, parameters: { alpha: '2' } } } });
    await run({ path: 'study/analysis.ipynb' });
    expect(started(context)).toEqual([['runNotebook', { ...place, inputs: ['data.csv'], parameters: { alpha: 2 } }]]);
  });

  test('takes back what an execution changed that failed, where that is wanted, after it was shown', async () => {
    const failed = { cell: 2, text: 'ValueError', absent: [] };
    const plan = {
      dataset: 'study',
      paths: ['study'],
      files: [{ path: 'study/out [1].csv', name: 'out [1].csv', change: 'new' as const }],
      total: 1,
      bytes: 10,
      refused: [{ name: 'mine.csv', why: 'edited-since' as const }]
    };
    const world: IWorld = {
      execution: { ...EXECUTION, failed },
      discardPlans: [plan],
      answers: { runNotebook: RUN, execution: { ...RECORD, failed: 'discard' } }
    };
    const unsure = given(world);
    await unsure.run({ path: 'study/analysis.ipynb' });
    expect(started(unsure.context).map(([name]) => name)).toEqual(['runNotebook']);
    expect(unsure.context.asked.discard).toMatchObject({
      plans: [plan],
      commandLines: ["git restore --staged --worktree --source=HEAD -- 'out [1].csv'"]
    });
    const { context, run } = given({ ...world, answers: { ...world.answers, discard: true } });
    await run({ path: 'study/analysis.ipynb' });
    expect(started(context)[1]).toEqual(['discard', { dataset: 'study', paths: ['study'], run: 'job-1' }]);
  });

  test('gets what was not here, and runs it again with that among the inputs', async () => {
    const failed = {
      cell: 1,
      text: 'FileNotFoundError',
      absent: [{ pattern: 'more.csv', from: 'opened' as const, here: false }]
    };
    const { context, run } = given({ execution: { ...EXECUTION, failed }, answers: { runNotebook: RUN } });
    const answers = [{ ...RECORD, failed: 'again' as const }, null];
    context.dialogs.execution = async () => answers.shift() ?? null;
    await run({ path: 'study/analysis.ipynb' });
    expect(started(context)).toEqual([
      ['runNotebook', { ...place, inputs: ['data.csv'] }],
      ['runNotebook', { ...place, inputs: ['data.csv', 'more.csv'] }]
    ]);
  });

  test('is for the one that is selected from the menu of the file browser, whatever is in front', async () => {
    const { context } = given({ inFront: 'study/other.ipynb', selected: ['study/table.csv'] });
    const { options } = runNotebook(context);
    expect([options.isVisible?.({ selected: true }), options.isEnabled?.({ selected: true })]).toEqual([false, false]);
    expect(options.isEnabled?.({})).toBe(true);
    expect(contentsPath('study/other.ipynb')).toBe(context.editors.inFront());
  });

  test('is disabled outside of datasets, and says why', () => {
    const outside = runNotebook(given({ inFront: 'notes/a.ipynb', folder: 'notes' }).context).options;
    const inside = runNotebook(given({ inFront: 'study/a.ipynb' }).context).options;
    const captionOf = ({ caption }: typeof inside): string => (typeof caption === 'function' ? caption({}) : '');
    expect([outside.isEnabled?.({}), captionOf(outside)]).toEqual([false, expect.stringContaining('in no dataset')]);
    expect([inside.isEnabled?.({}), captionOf(inside)]).toEqual([true, expect.stringContaining('fresh kernel')]);
    // Until its folder was read, nobody knows.
    expect(runNotebook(given({ inFront: 'other/a.ipynb' }).context).options.isEnabled?.({})).toBe(true);
  });
});
