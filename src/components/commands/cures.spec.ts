import type { Failure, FailureKind } from '../../protocol/failure';
import { CommandIDs } from '../../tokens';
import { job } from '../jobs.fixtures';
import { trans } from '../testing.fixtures';
import { otherCures, ownCure, saveOfRest } from './cures';

const failed = (kind: FailureKind, parameters: Failure['parameters'] = {}, paths: string[] = []) => ({
  failure: { kind, message: kind, parameters },
  paths
});
const DROP = job({ operation: 'drop', input: { dataset: 'my-analysis', paths: ['my-analysis/a.bin'] } });
const SAVE = job({ operation: 'save', input: { dataset: 'my-analysis', message: 'All', amend: true, versionTag: 'v1' } });
const CREATE = job({ operation: 'create', dataset: null, input: { path: 'full', procedures: ['yoda'] } });

describe('the button of a failure', () => {
  it('saves just what was edited, and then drops', () => {
    expect(ownCure(CommandIDs.save, DROP, failed('modified-content', {}, ['my-analysis/a.bin']))).toEqual({
      command: CommandIDs.save,
      args: { dataset: 'my-analysis', paths: ['my-analysis/a.bin'] },
      again: true
    });
    expect(ownCure(CommandIDs.save, DROP, failed('unsaved-changes'))?.args).toEqual({ dataset: 'my-analysis' });
  });

  it('saves what is in no annex since it is not saved', () => {
    expect(ownCure(CommandIDs.save, DROP, failed('not-annexed', { why: 'unsaved' }, ['my-analysis/a.bin']))).toEqual({
      command: CommandIDs.save,
      args: { dataset: 'my-analysis', paths: ['my-analysis/a.bin'] }
    });
  });

  it('shows the containers of the dataset', () => {
    expect(ownCure(CommandIDs.containers, DROP, failed('no-container'))?.args).toEqual({ dataset: 'my-analysis' });
  });

  it('asks who commits, and then commits', () => {
    expect(ownCure(CommandIDs.identity, SAVE, failed('no-identity'))).toMatchObject({ again: true });
  });

  it('does nothing where the same cannot be done again', () => {
    const secret = job({ operation: 'clone', dataset: null, input: { source: 'https://***@example.org/x', path: 'x' } });
    expect(ownCure('retry', secret, failed('timeout'))).toBeNull();
    expect(otherCures(secret, failed('not-empty'), trans)).toEqual([]);
  });
});

describe('a notebook that was not executed to its end', () => {
  const input = { dataset: 'my-analysis', path: 'my-analysis/a.ipynb', inputs: ['*.csv'] };
  const executed = job({ id: 'nb-1', operation: 'runNotebook', input });

  it.each([failed('cancelled'), failed('cell-failed'), failed('kept-elsewhere'), failed('no-space', { left: 'yes' })])(
    'is taken back, or run again (%#)',
    group => {
      const [discard, again, ...more] = otherCures(executed, group, trans);
      expect(discard).toMatchObject({ command: CommandIDs.discard, args: { dataset: 'my-analysis', run: 'nb-1' } });
      expect(again).toMatchObject({ command: CommandIDs.runNotebook, args: { path: 'my-analysis/a.ipynb', inputs: ['*.csv'] } });
      expect(more).toEqual([]);
    }
  );

  it('is neither where it left nothing, never began, or is an edit of somebody', () => {
    expect(otherCures(executed, failed('no-space'), trans)).toEqual([]);
    expect(otherCures(executed, failed('edited-meanwhile'), trans)).toEqual([]);
    const { started: _, ...never } = executed;
    expect(otherCures(never, failed('cancelled'), trans)).toEqual([]);
  });
});

describe('a run that failed', () => {
  it('is saved all the same, or just what it would have saved is discarded', () => {
    const run = job({ id: 'run-1', operation: 'run', input: { dataset: 'my-analysis', command: 'false' } });
    const [save, discard] = otherCures(run, failed('command-failed', { kept: 'yes' }), trans);
    expect(save).toMatchObject({ command: CommandIDs.saveRun, args: { run: 'run-1' } });
    expect(discard).toMatchObject({ command: CommandIDs.discard, args: { paths: ['my-analysis'], run: 'run-1' } });
    const labels = (...given: Parameters<typeof failed>) => otherCures(run, failed(...given), trans).map(({ label }) => label);
    expect(labels('no-space', { left: 'yes' })).toEqual(['Discard what it changed…', 'Run again…']);
    expect(labels('no-space')).toEqual([]);
  });

  it('is never taken back with more than it changed, however it ended', () => {
    const run = job({ id: 'run-1', operation: 'run', input: { dataset: 'my-analysis', command: 'false' } });
    for (const failure of [failed('cancelled'), failed('no-space', { left: 'yes' }), failed('command-failed')]) {
      const [discard] = otherCures(run, failure, trans);
      expect(discard).toMatchObject({ label: 'Discard what it changed…', args: { dataset: 'my-analysis', run: 'run-1' } });
    }
    const { started: _, ...unbegun } = run;
    expect(otherCures(unbegun, failed('cancelled'), trans).map(({ label }) => label)).toEqual(['Run again…']);
  });
});

describe('a run that could not write a file', () => {
  const run = (input: object = {}) => job({ operation: 'run', input: { dataset: 'my-analysis', command: 'x', ...input } });
  const denied = (printed: string, code = 1) => {
    const { failure, ...rest } = failed('command-failed', { code });
    return { ...rest, failure: { ...failure, detail: printed } };
  };
  const PRINTED = "PermissionError: [Errno 13] Permission denied: 'table.csv'";

  it('is asked for again with that file as an output', () => {
    const cures = otherCures(run({ outputs: ['figure.png'] }), denied(PRINTED), trans);
    expect(cures.find(({ label }) => label === 'Run again with table.csv as an output…')?.args).toMatchObject({
      command: 'x',
      outputs: ['figure.png', 'table.csv']
    });
  });

  it('is only asked for again where the file is an output already, cannot be told, or is a program without the right to run', () => {
    for (const cures of [
      otherCures(run({ outputs: ['table.csv'] }), denied(PRINTED), trans),
      otherCures(run(), denied('Permission denied'), trans),
      otherCures(run(), denied('bash: line 1: ./analyse.sh: Permission denied', 126), trans)
    ]) {
      expect(cures.map(({ label }) => label)).toContain('Run again…');
      expect(cures.filter(({ label }) => label.includes('as an output'))).toEqual([]);
    }
  });
});

describe('what else helps', () => {
  const args = (...asked: Parameters<typeof otherCures> extends [infer J, infer G, ...unknown[]] ? [J, G] : never) =>
    otherCures(...asked, trans).map(cure => cure.args);

  it('is the same job, said in another way', () => {
    expect(args(SAVE, failed('nothing-saved', { subdatasets: 2 }))).toMatchObject([{ message: 'All', recursive: true }]);
    expect(args(CREATE, failed('not-empty', { files: 3 }))).toEqual([{ path: 'full', procedures: ['yoda'], force: true }]);
    expect(args(DROP, failed('subdatasets-present'))).toMatchObject([{ recursive: true }]);
  });

  it('is the same run again, also in a container', () => {
    const run = (input: object) => job({ operation: 'run', input: { dataset: 'my-analysis', command: 'fmriprep', ...input } });
    expect(args(run({}), failed('command-failed', { kept: 1 }))).toEqual([
      { dataset: 'my-analysis', run: expect.any(String) },
      { dataset: 'my-analysis', paths: ['my-analysis'], run: expect.any(String) },
      { dataset: 'my-analysis', command: 'fmriprep' },
      { dataset: 'my-analysis', command: 'fmriprep', inContainer: true }
    ]);
    expect(args(run({ container: 'tiny' }), failed('command-failed'))).toHaveLength(2);
  });

  it('is nothing where there is no such way', () => {
    expect(args(SAVE, failed('nothing-saved'))).toEqual([]);
    // A dataset is there, or something that another one knows.
    expect(args(CREATE, failed('not-empty'))).toEqual([]);
    expect(args(DROP, failed('last-copy'))).toEqual([]);
  });
});

describe('the save of what another one left behind', () => {
  it('replaces no commit and names no version', () => {
    const left = { ...SAVE, notice: failed('nothing-saved', { subdatasets: 1 }).failure };
    expect(saveOfRest(left)?.args).toEqual({ dataset: 'my-analysis', message: 'All', recursive: true });
    expect(saveOfRest(SAVE)).toBeNull();
    expect(saveOfRest({ ...left, notice: failed('mixed-commit').failure })).toBeNull();
  });
});
