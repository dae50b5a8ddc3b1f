import { CommandIDs } from '../../tokens';
import { given, started } from './world.fixtures';

describe('discard', () => {
  const plan = {
    dataset: 'study',
    paths: ['study/a.txt'],
    files: [{ path: 'study/a.txt', name: 'a.txt', change: 'modified' as const }],
    total: 1,
    bytes: 10,
    refused: []
  };
  const args = { dataset: 'study', paths: ['study/a.txt'] };

  test('asks whatever the arguments say, after documents were saved', async () => {
    const { context, run } = given({ discardPlans: [plan] });
    expect((await run(CommandIDs.discard, args)).status).toBe('cancelled');
    expect(context.settled).toEqual([['study/a.txt']]);
    expect(context.asked.discard?.commandLines).toEqual(['git restore --staged --worktree --source=HEAD -- a.txt']);
    expect(started(context)).toEqual([]);
  });

  test('makes one job for each dataset that holds a change', async () => {
    const inner = { ...plan, dataset: 'study/sub', paths: ['study/sub/b'] };
    const { context, run } = given({ discardPlans: [plan, inner, { ...plan, total: 0 }], answers: { discard: true } });
    expect((await run(CommandIDs.discard, args)).status).toBe('ok');
    expect(started(context)).toEqual([
      ['discard', { dataset: 'study', paths: ['study/a.txt'] }],
      ['discard', { dataset: 'study/sub', paths: ['study/sub/b'] }]
    ]);
  });

  test('does nothing while documents cannot be saved', async () => {
    const { context, run } = given({ discardPlans: [plan], answers: { discard: true }, editorsSettled: false });
    expect((await run(CommandIDs.discard, args)).status).toBe('cancelled');
    expect(started(context)).toEqual([]);
  });
});

describe('undo', () => {
  const plan = {
    kind: 'save' as const,
    job: 'job-1',
    action: { operation: 'undoSave' as const, input: { dataset: 'study', job: 'job-1', by: 'reset' as const } },
    files: 1,
    bytes: 0,
    names: ['a.txt'],
    saves: [{ dataset: 'study', subject: 'A save' }]
  };

  test('says what it will do, and starts the job that does it', async () => {
    const refused = given({ undo: { plan } });
    expect((await refused.run(CommandIDs.undo, { dataset: 'study' })).status).toBe('cancelled');
    expect(started(refused.context)).toEqual([]);
    const { context, run } = given({ undo: { plan }, answers: { undo: true } });
    await run(CommandIDs.undo, { dataset: 'study', job: 'job-1' });
    expect(context.asked.undo?.commandLine).toBe("git reset --soft 'HEAD~1'");
    expect(started(context)).toEqual([['undoSave', plan.action.input]]);
  });

  test('asks who commits, before a new save takes something back and not else', async () => {
    const revert = { ...plan.action, input: { ...plan.action.input, by: 'revert' as const } };
    const remove = { operation: 'remove' as const, input: { dataset: 'study', paths: ['study/sub'] } };
    for (const action of [revert, remove]) {
      const unknown = { undo: { plan: { ...plan, action } }, identity: { name: null, email: null } };
      const refused = given({ ...unknown, answers: { undo: true } });
      expect((await refused.run(CommandIDs.undo, { dataset: 'study' })).status).toBe('cancelled');
      expect(started(refused.context)).toEqual([]);
      const identity = { name: 'Ada', email: 'ada@example.org', onlyHere: true };
      const { context, run } = given({ ...unknown, answers: { undo: true, identity } });
      await run(CommandIDs.undo, { dataset: 'study' });
      expect(context.asked.identity).toMatchObject({ dataset: 'study' });
      expect(started(context).map(([name]) => name)).toEqual(['setIdentity', action.operation]);
    }
    const { context, run } = given({ undo: { plan }, identity: { name: null, email: null }, answers: { undo: true } });
    await run(CommandIDs.undo, { dataset: 'study' });
    expect(started(context).map(([name]) => name)).toEqual(['undoSave']);
  });

  test('tells why something cannot be undone', async () => {
    const failure = { kind: 'changed-since' as const, message: 'Something was saved after it.' };
    const { context, run } = given({ undo: { plan: null, failure }, answers: { undo: true } });
    const outcome = await run(CommandIDs.undo, { dataset: 'study', job: 'job-1' });
    expect(outcome).toMatchObject({ status: 'error', failure: { kind: 'not-undoable', message: failure.message } });
    expect(context.asked).toEqual({});
  });
});
