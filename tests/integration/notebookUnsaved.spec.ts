import { lstatSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import type { Execution } from '../../src/protocol/notebookRun';
import { makeNotebook } from '../support/makeNotebook';
import { useJobs } from '../support/place';

jest.setTimeout(120_000);

const READS = [
  'import helper\nhelper.factor',
  "for name in ('saved.csv', 'edited.csv', 'new.csv', 'hidden.ini', 'data.csv'): open(name).read()",
  "open('made.csv', 'w').write('1'); open('made.csv').read(); open('cache.ini', 'w').write('1'); open('cache.ini').read(); None",
  "try: open('absent.csv')\nexcept OSError: pass"
];

describe('what a notebook read and nobody has saved', () => {
  const place = useJobs();
  const dataset = contentsPath('ds');
  const path = contentsPath('ds/reads.ipynb');

  beforeAll(async () => {
    const { workspace } = place;
    await workspace.dataset({
      annexed: { 'data.csv': 'a\n1\n' },
      files: {
        'reads.ipynb': makeNotebook(READS),
        'saved.csv': 'a\n',
        'edited.csv': 'a\n',
        '.gitignore': '*.ini\n__pycache__\n'
      }
    });
    const files = { 'edited.csv': 'a\n2\n', 'new.csv': 'n\n', 'hidden.ini': 'h\n', 'helper.py': 'factor = 2\n' };
    await Promise.all(Object.entries(files).map(([name, text]) => writeFile(workspace.path(`ds/${name}`), text)));
  });

  const execute = async (inputs: string[] = []): Promise<Execution | undefined> => {
    const { workspace, jobs } = place;
    const ran = await jobs.run('runNotebook', { dataset, path, inputs, outputs: ['data.csv'] });
    await rm(workspace.path('ds/made.csv'));
    await workspace.git(['checkout', '-q', 'reads.ipynb'], workspace.path('ds'));
    return jobs.executions.find(ran.id)?.execution;
  };

  it('is told, be it new, ignored, a module, or an edit', async () => {
    const first = await execute();
    expect(first?.uncovered.unsaved.sort()).toEqual(['helper.py', 'hidden.ini', 'new.csv']);
    expect(first?.inputs.map(({ pattern, unsaved }) => [pattern, unsaved])).toEqual([
      ['saved.csv', undefined],
      ['edited.csv', true],
      // What is unlocked for the execution alone is no change.
      ['data.csv', undefined]
    ]);
    // It was not written to, so it is locked again.
    expect(lstatSync(place.workspace.path('ds/data.csv')).isSymbolicLink()).toBe(true);
    // Its module is read from what Python compiled the first time.
    expect((await execute())?.uncovered.unsaved.sort()).toEqual(['helper.py', 'hidden.ini', 'new.csv']);
  });

  it('is told of what was given, too', async () => {
    const given = await execute(['*.csv', 'helper.py']);
    expect(given?.inputs.slice(0, 2)).toEqual([
      { pattern: '*.csv', from: 'given', unsaved: true },
      { pattern: 'helper.py', from: 'given' }
    ]);
    expect(given?.uncovered.unsaved.sort()).toEqual(['helper.py', 'hidden.ini', 'new.csv']);
  });
});
