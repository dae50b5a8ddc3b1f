import { CommandIDs, type IOutcome } from '../../tokens';
import { FakeContext } from './context.fixtures';
import { annexed, type IWorld } from './worldState.fixtures';
import type { ICommand, RawArguments } from './command';
import { copyFile } from './copyFile';
import { remove } from './remove';

/** A world and the two commands. */
function given(world: IWorld): { context: FakeContext; run(id: string, args?: RawArguments): Promise<IOutcome> } {
  const context = new FakeContext(world);
  const commands: ICommand[] = [remove(context), copyFile(context)];
  const command = (id: string) => commands.find(candidate => candidate.id === id) ?? remove(context);
  return { context, run: (id, args = {}) => command(id).execute(args) };
}

const started = (context: FakeContext): [string, unknown][] => context.started.map(({ name, input }) => [name, input]);

describe('remove', () => {
  const args = { paths: ['study/sub', 'study/sub/below'] };
  const world: IWorld = {
    datasets: ['study', 'study/sub'],
    holdings: { 'study/sub': { isDataset: true, datasets: [{ dataset: 'study', path: 'study/sub' }] } }
  };
  const removal = { dataset: 'study', paths: ['study/sub'] };

  test('asks whatever the arguments say, and takes a subdataset out of the dataset around', async () => {
    const { context, run } = given(world);
    expect((await run(CommandIDs.remove, args)).status).toBe('cancelled');
    expect(context.asked.remove).toMatchObject({ removals: [removal], commandLines: ['datalad remove sub'] });
    expect(started(context)).toEqual([]);
    const agreed = given({ ...world, answers: { remove: true } });
    expect((await agreed.run(CommandIDs.remove, args)).status).toBe('ok');
    expect(started(agreed.context)).toEqual([['remove', removal]]);
  });

  test('overrides a refusal only after a question of its own, by the name of the job that was refused', async () => {
    const failure = { kind: 'last-copy' as const, message: 'It is the last copy.' };
    const outcome: Partial<IOutcome> = { status: 'error', failure };
    const kept = given({ ...world, answers: { remove: true }, outcome });
    expect(await kept.run(CommandIDs.remove, args)).toMatchObject({ status: 'error', failure });
    expect(kept.context.asked.removeRefused).toMatchObject({ removal, failure });
    expect(started(kept.context)).toEqual([['remove', removal]]);
    const lost = given({ ...world, answers: { remove: true, removeRefused: true }, outcome });
    await lost.run(CommandIDs.remove, args);
    expect(started(lost.context)[1]).toEqual(['removeRefused', { ...removal, refused: 'job-1' }]);
  });

  test('asks nothing more where a refusal cannot be overridden', async () => {
    const outcome: Partial<IOutcome> = { status: 'error', failure: { kind: 'unsaved-changes', message: 'Not saved.' } };
    const { context, run } = given({ ...world, answers: { remove: true, removeRefused: true }, outcome });
    expect((await run(CommandIDs.remove, args)).status).toBe('error');
    expect(context.asked.removeRefused).toBeUndefined();
    expect(started(context)).toHaveLength(1);
  });

  test('does nothing where nobody can tell what would be lost', async () => {
    const unchecked = given({
      ...world,
      holdings: { 'study/sub': { unchecked: ['study/sub/store.git'] } },
      answers: { remove: true }
    });
    expect((await unchecked.run(CommandIDs.remove, args)).failure?.kind).toBe('holds-dataset');
    const unknown = given({ ...world, holdings: { 'study/sub': { complete: false } }, answers: { remove: true } });
    expect((await unknown.run(CommandIDs.remove, args)).status).toBe('error');
    expect([...started(unchecked.context), ...started(unknown.context)]).toEqual([]);
  });
});

describe('copy-file', () => {
  const rows = [{ name: 'data', path: 'study/data', kind: 'directory' as const }, annexed('study/a.bin', { here: 'yes' })];

  test('copies into a folder, or to a new name, without a question', async () => {
    const { context, run } = given({ rows });
    await run(CommandIDs.copyFile, { paths: ['study/a.bin'], to: 'study/data' });
    await run(CommandIDs.copyFile, { paths: ['study/a.bin'], to: 'study/data/b.bin' });
    expect(started(context)).toEqual([
      ['copyFile', { dataset: 'study', paths: ['study/a.bin'], to: 'study/data' }],
      ['copyFile', { dataset: 'study', paths: ['study/a.bin'], to: 'study/data', name: 'b.bin' }]
    ]);
    expect(Object.keys(context.asked)).toEqual([]);
    expect((await run(CommandIDs.copyFile, { paths: ['study/a.bin', 'study/b'], to: 'study/new' })).status).toBe('error');
  });

  test('asks for the place where none is given', async () => {
    const { context, run } = given({ rows, selected: ['study/a.bin'], folder: 'study' });
    expect((await run(CommandIDs.copyFile)).status).toBe('cancelled');
    expect(context.asked.copyTo).toMatchObject({ title: 'a.bin', folder: 'study' });
  });
});
