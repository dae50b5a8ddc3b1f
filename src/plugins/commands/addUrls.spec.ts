import { contentsPath } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import type { RawArguments } from './command';
import { FakeContext } from './context.fixtures';
import type { IWorld } from './worldState.fixtures';
import { allCommands } from './index';

const ANSWER = { table: contentsPath('study/t.csv'), urlFormat: '{url}', fileFormat: '{name}', message: 'Add', skip: true };

function given(world: IWorld) {
  const context = new FakeContext({ folder: 'study', ...world });
  const command = allCommands(context).find(({ id }) => id === CommandIDs.addUrls);
  const run = (args: RawArguments = {}): Promise<IOutcome> => command?.execute(args) ?? Promise.reject(new Error('none'));
  const isVisible = (args: RawArguments): boolean => command?.options.isVisible?.(args) ?? false;
  return { context, run, isVisible };
}

const started = ({ started: jobs }: FakeContext): unknown[] => jobs.map(({ name, input }) => [name, input]);

describe('a table of addresses', () => {
  const rows = [{ name: 't.csv', path: 'study/t.csv', kind: 'git' as const }];

  test('that is selected is proposed, and its command shown', async () => {
    const { context, run, isVisible } = given({ rows, selected: ['study/t.csv'], answers: { addUrls: ANSWER } });
    expect(isVisible({ selected: true })).toBe(true);
    await run({ selected: true });
    const { addUrls } = context.asked;
    expect(addUrls).toMatchObject({ datasetName: 'study', initial: { table: 'study/t.csv', urlFormat: null, skip: false } });
    expect(addUrls?.commandLine(ANSWER)).toBe("datalad addurls -x '*' --ifexists skip -m Add t.csv '{url}' '{name}'");
    expect(started(context)).toEqual([
      [
        'addUrls',
        { dataset: 'study', table: 'study/t.csv', urlFormat: '{url}', fileFormat: '{name}', message: 'Add', ifExists: 'skip' }
      ]
    ]);
  });

  test('is asked for where nothing is selected, and elsewhere not offered', async () => {
    const other = [{ name: 'a.bin', path: 'study/a.bin', kind: 'annex' as const }];
    const { context, run, isVisible } = given({ rows: other, selected: ['study/a.bin'] });
    expect([isVisible({ selected: true }), isVisible({})]).toEqual([false, true]);
    expect((await run()).status).toBe('cancelled');
    expect(context.asked.addUrls).toMatchObject({ initial: { table: '' } });
    expect(started(context)).toEqual([]);
  });

  test('with its formats is downloaded by without a question', async () => {
    const { context, run } = given({});
    await run({ table: 'study/t.csv', urlFormat: '{url}', fileFormat: '{name}' });
    expect(context.asked).toEqual({});
    expect(started(context)).toEqual([
      ['addUrls', { dataset: 'study', table: 'study/t.csv', urlFormat: '{url}', fileFormat: '{name}' }]
    ]);
  });
});
