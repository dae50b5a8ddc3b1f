import { CommandIDs } from '../../tokens';
import { annexed, type IWorld } from './worldState.fixtures';
import { given, started } from './world.fixtures';

describe('save', () => {
  const changed = annexed('study/a.bin', { here: 'yes', change: 'modified' });

  test('records what it is told with the message it is given', async () => {
    const { context, run } = given({});
    await run(CommandIDs.save, { paths: ['study/a.bin'], message: 'Add a', toGit: true });
    expect(started(context)).toEqual([['save', { dataset: 'study', paths: ['study/a.bin'], message: 'Add a', toGit: true }]]);
    expect(context.settled).toEqual([['study']]);
    expect(context.asked).toEqual({});
  });

  test('names no path when the dataset itself is meant', async () => {
    const { context, run } = given({});
    await run(CommandIDs.save, { dataset: 'study/data', message: 'All' });
    expect(started(context)).toEqual([['save', { dataset: 'study', message: 'All' }]]);
  });

  test('asks for the message it lacks, with the changes it will record', async () => {
    const { context, run } = given({ rows: [changed], answers: { save: { message: 'Better', recursive: false } } });
    await run(CommandIDs.save, { paths: ['study/a.bin'] });
    expect(context.asked.save?.commandLine({ message: 'x', recursive: false })).toBe('datalad save -m x a.bin');
    expect(context.asked.save?.changes.map(change => change.path)).toEqual(['study/a.bin']);
    expect(started(context)).toEqual([['save', { dataset: 'study', paths: ['study/a.bin'], message: 'Better' }]]);
  });

  test('leaves out the copies that JupyterLab makes of open files', async () => {
    const copy = { name: '.ipynb_checkpoints', path: 'study/.ipynb_checkpoints', kind: 'directory', change: 'new' } as const;
    const { context, run } = given({ rows: [changed, copy], answers: { save: { message: 'Better', recursive: false } } });
    await run(CommandIDs.save, { dataset: 'study' });
    expect(context.asked.save?.changes.map(change => change.path)).toEqual(['study/a.bin']);
    expect(started(context)).toEqual([['save', { dataset: 'study', paths: ['study/a.bin'], message: 'Better' }]]);
  });

  describe('of all that is listed', () => {
    const late = { name: 'late.txt', path: 'study/late.txt', kind: 'other', change: 'new' } as const;
    const document = { name: 'b.md', path: 'study/b.md', kind: 'git', change: 'modified' } as const;
    const all = { dataset: 'study', paths: ['study/a.bin'], listed: true, message: 'All' };

    test('names no path while that is all there is', async () => {
      const { context, run } = given({ rows: [changed] });
      await run(CommandIDs.save, all);
      expect(started(context)).toEqual([['save', { dataset: 'study', message: 'All' }]]);
    });

    test('leaves alone what appeared since', async () => {
      const { context, run } = given({ rows: [changed, late] });
      await run(CommandIDs.save, all);
      expect(started(context)).toEqual([['save', { dataset: 'study', paths: ['study/a.bin'], message: 'All' }]]);
    });

    test('takes the open documents that were saved first', async () => {
      const { context, run } = given({ rows: [changed, late, document], documents: ['study/b.md'] });
      await run(CommandIDs.save, all);
      expect(started(context)).toEqual([['save', { dataset: 'study', paths: ['study/a.bin', 'study/b.md'], message: 'All' }]]);
    });

    test('does not take something else where that was saved already', async () => {
      const { context, run } = given({ rows: [late] });
      await run(CommandIDs.save, all);
      expect(started(context)).toEqual([['save', { dataset: 'study', paths: ['study/a.bin'], message: 'All' }]]);
    });

    test('is the same in the dialog, which lists it, too', async () => {
      const rows: IWorld['rows'] = [changed];
      const { context, run } = given({ rows, answers: { save: { message: 'Better', recursive: false } } });
      const { save } = context.dialogs;
      context.dialogs.save = async question => {
        rows.push(late);
        return save(question);
      };
      await run(CommandIDs.save, { dataset: 'study' });
      expect(started(context)).toEqual([['save', { dataset: 'study', paths: ['study/a.bin'], message: 'Better' }]]);
    });
  });

  test('asks who commits when git does not know, and sets it first', async () => {
    const { context, run } = given({
      identity: { name: null, email: null },
      answers: { identity: { name: 'Ada', email: 'ada@example.org', onlyHere: true } }
    });
    await run(CommandIDs.save, { dataset: 'study', message: 'All' });
    expect(context.asked.identity).toEqual({ name: 'ada', email: '', dataset: 'study' });
    expect(started(context).map(([name]) => name)).toEqual(['setIdentity', 'save']);
    expect(context.started[0]?.input).toEqual({ name: 'Ada', email: 'ada@example.org', dataset: 'study' });
  });

  test('does not take a name that git-annex made up, and mends it where it stands', async () => {
    const { context, run } = given({
      identity: { name: 'root', email: 'root' },
      answers: { identity: { name: 'Ada', email: 'ada@example.org', onlyHere: false } }
    });
    await run(CommandIDs.save, { dataset: 'study', message: 'All' });
    expect(context.asked.identity).toEqual({ name: 'root', email: '', dataset: null, here: true });
    expect(context.started[0]).toEqual({
      name: 'setIdentity',
      input: { name: 'Ada', email: 'ada@example.org', dataset: 'study' }
    });
  });

  test('does nothing when who commits stays unknown', async () => {
    const { context, run } = given({ identity: { email: null } });
    expect(await run(CommandIDs.save, { dataset: 'study', message: 'All' })).toMatchObject({ status: 'cancelled' });
    expect(context.started).toEqual([]);
  });

  test('does nothing while open documents are not settled', async () => {
    const { context, run } = given({ editorsSettled: false });
    expect(await run(CommandIDs.save, { dataset: 'study', message: 'All' })).toMatchObject({ status: 'cancelled' });
    expect(context.started).toEqual([]);
  });
});
