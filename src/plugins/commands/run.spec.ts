import type { RawArguments } from './command';
import { FakeContext } from './context.fixtures';
import type { IWorld } from './worldState.fixtures';
import { run } from './run';

async function asked(world: IWorld, args: RawArguments): Promise<FakeContext> {
  const context = new FakeContext(world);
  expect((await run(context).execute(args)).status).toBe('cancelled');
  return context;
}

describe('the form of a run', () => {
  test('is shown whatever was given, and starts nothing that is not agreed to', async () => {
    const context = await asked({}, { dataset: 'study', command: 'make', inputs: ['a'], explicit: true });
    expect(context.started).toEqual([]);
    expect(context.asked.run?.initial).toMatchObject({ command: 'make', inputs: ['a'], explicit: true, unsaved: 'leave' });
  });

  test('proposes what is selected as inputs, in which nothing is a pattern or a placeholder', async () => {
    const context = await asked({ selected: ['study/a[1].txt', 'study/{x}/*'] }, { selected: true });
    expect(context.asked.run?.initial.inputs).toEqual(['a[[]1].txt', '{{x}}/[*]']);
  });

  test('proposes it as outputs where that is meant, and of a folder the files in it', async () => {
    const rows = [{ name: 'results', path: 'study/results', kind: 'directory' } as const];
    const context = await asked({ rows, selected: ['study/results', 'study/a.txt'] }, { selected: true, asOutputs: true });
    expect(context.asked.run?.initial).toMatchObject({ inputs: [], outputs: ['results/*', 'a.txt'] });
  });

  test('begins with a container where that is meant, and shows where to add the first', async () => {
    const context = await asked({}, { dataset: 'study', command: 'fmriprep', inContainer: true });
    expect(context.asked.run).toBeUndefined();
    expect(context.pages).toEqual([['containers', 'study']]);
  });

  test('fills in what was given, and stands in the folder it runs in', async () => {
    const given = { dataset: 'study', workingFolder: 'study/code/deep', expand: 'both', assumeReady: 'inputs', selected: true };
    const context = await asked({ selected: ['study/a.txt'] }, given);
    const question = context.asked.run;
    expect(question?.initial).toMatchObject({
      folder: 'code/deep',
      expand: 'both',
      assumeReady: 'inputs',
      inputs: ['../../a.txt']
    });
    const answer = { command: 'make', message: '', inputs: [], outputs: ['a/*'], folder: 'code/', unsaved: 'save' } as const;
    expect(question?.commandLine({ ...answer, expand: 'outputs' })).toBe("datalad run -o 'a/*' --expand outputs make");
    expect(question?.commandLine({ ...answer, explicit: true })).toBe("datalad run -o 'a/*' --explicit make");
  });
});
