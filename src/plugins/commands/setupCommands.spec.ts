import type { JobName } from '../../protocol/contract';
import { contentsPath } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import type { RawArguments } from './command';
import { FakeContext } from './context.fixtures';
import type { IWorld } from './worldState.fixtures';
import { allCommands } from './index';

function given(world: IWorld) {
  const context = new FakeContext(world);
  const commands = allCommands(context);
  const run = async (id: string, args: RawArguments): Promise<IOutcome> => {
    const found = commands.find(command => command.id === id);
    return found === undefined ? Promise.reject(new Error(id)) : found.execute(args);
  };
  return { context, run };
}

const started = ({ started: jobs }: FakeContext): [JobName, unknown][] => jobs.map(({ name, input }) => [name, input]);

describe('a folder or repository becomes a dataset', () => {
  test('by its own menu, which asks with that folder', async () => {
    const answer = { path: contentsPath('study/new'), force: true, procedures: [], description: '' };
    const { context, run } = given({ folder: 'study', selected: ['study/new'], answers: { create: answer } });
    await run(CommandIDs.create, { force: true });
    expect(context.asked.create).toMatchObject({ folder: 'study/new', around: 'study', here: true });
    expect(started(context)).toEqual([['create', { path: 'study/new', force: true }]]);
  });

  test('a repository without an annex is not around itself', async () => {
    const { context, run } = given({ datasets: ['study', 'study/code'], plain: ['study/code'], answers: { create: null } });
    await run(CommandIDs.create, { force: true, folder: 'study/code' });
    expect(context.asked.create).toMatchObject({ folder: 'study/code', around: 'study', here: true });
  });
});

describe('a procedure', () => {
  const procedure = { name: 'tell', from: 'dataset', origin: 'study/.datalad/procedures' } as const;
  const world: IWorld = {
    runnable: [procedure],
    script: { procedure, file: '/home/ada/study/tell.sh', text: 'exit 0\n', fingerprint: 'abc' }
  };

  test('runs only when what is shown was agreed to, also when it was named', async () => {
    const refused = given({ ...world, answers: { chooseProcedure: 'tell' } });
    expect((await refused.run(CommandIDs.runProcedure, { dataset: 'study' })).status).toBe('cancelled');
    expect((await refused.run(CommandIDs.runProcedure, { dataset: 'study', procedure: 'tell' })).status).toBe('cancelled');
    expect(started(refused.context)).toEqual([]);
    expect(refused.context.asked.runProcedure).toMatchObject({ commandLine: 'datalad run-procedure tell', unsaved: 0 });
  });

  test('its last commit is shown', async () => {
    const commit = 'a'.repeat(40);
    const results = [{ action: 'commit', status: 'ok' as const, path: 'study', key: commit }];
    const { context, run } = given({ ...world, answers: { runProcedure: true }, outcome: { results } });
    await run(CommandIDs.runProcedure, { dataset: 'study', procedure: 'tell' });
    expect(started(context)).toEqual([['runProcedure', { dataset: 'study', procedure: 'tell', fingerprint: 'abc' }]]);
    expect(context.histories).toEqual([{ dataset: 'study', commit }]);
  });
});

test('the set-up is shown for the dataset in view', async () => {
  const { context, run } = given({ folder: 'study' });
  await run(CommandIDs.diagnostics, {});
  expect(context.pages).toEqual([['setup', 'study']]);
});

describe('help', () => {
  test.each([
    ['save', 'datalad save'],
    ['copyFile', 'datalad copy-file'],
    ['run-procedure', 'datalad run-procedure'],
    ['datalad get -r data', 'datalad get'],
    ['lock', 'git annex lock'],
    ['git annex drop --key MD5E-1', 'git annex drop'],
    ['switch', 'git switch']
  ])('on “%s” is on %s', async (command, subject) => {
    const { context, run } = given({});
    expect((await run(CommandIDs.help, { command })).status).toBe('ok');
    expect(context.asked.help).toEqual({ subject });
  });

  test('asks on what where that is not said, and refuses what no line names', async () => {
    const { context, run } = given({});
    await run(CommandIDs.help, {});
    expect(context.asked.help).toEqual({ subject: null });
    for (const command of ['siblings', 'rm', '--help', 'git annex', 'save;id', 'git -c alias.x=!id x', '']) {
      expect((await run(CommandIDs.help, { command })).failure?.kind).toBe('bad-request');
    }
  });
});
