import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root as project } from '../../scripts/lib/paths.mjs';
import { interleave, median } from './frame/measure.mjs';

const FILES = 1_000;
const NBCONVERT = ['nbconvert', '--to', 'notebook', '--execute', '--stdout', 'opens.ipynb'];

/** What it takes to observe a notebook that opens many files: the whole execution, and its one cell by its own clock. */
export const notebook = {
  name: 'notebook',
  measure: async bench => {
    const folder = await makeFiles(join(bench.cache, 'notebook'));
    const cells = { observed: [], plain: [] };
    const execute = async (env, times) => {
      const { cells: done } = JSON.parse(await bench.run('jupyter', NBCONVERT, { cwd: folder, env }));
      times.push(Number(done[0].outputs[0].text.join('')));
    };
    const observing = {
      ...bench.env,
      PYTHONSTARTUP: join(project, 'jupyterlab_datalad/observer/startup.py'),
      DATALAD_OBSERVER_ROOT: folder,
      DATALAD_OBSERVER_FILE: join(folder, 'told')
    };
    const whole = await interleave(
      {
        plain: () => execute(bench.env, cells.plain),
        observed: async () => {
          await writeFile(observing.DATALAD_OBSERVER_FILE, '');
          await execute(observing, cells.observed);
        }
      },
      bench.rounds
    );
    const what = `a notebook that opens ${FILES.toLocaleString('en')} files`;
    return [
      {
        what: `${what}, executed and observed`,
        ours: whole.observed,
        unit: 'ms',
        reference: { what: 'not observed', value: whole.plain },
        target: 1.05
      },
      {
        what: 'the same, its cell alone',
        ours: median(cells.observed),
        unit: 'ms',
        reference: { what: 'not observed', value: median(cells.plain) }
      }
    ];
  }
};

async function makeFiles(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'data'), { recursive: true });
  await Promise.all(Array.from({ length: FILES }, (_, at) => writeFile(join(folder, 'data', `${at}.csv`), 'a,b\n1,2\n')));
  const source = [
    'import time',
    'begun = time.perf_counter()',
    `for at in range(${FILES}):`,
    "    with open(f'data/{at}.csv') as file:",
    '        file.read()',
    'print(1000 * (time.perf_counter() - begun))'
  ].join('\n');
  const cell = { cell_type: 'code', execution_count: null, id: 'opens', metadata: {}, outputs: [], source };
  const metadata = { kernelspec: { display_name: 'Python', language: 'python', name: 'python3' } };
  await writeFile(join(folder, 'opens.ipynb'), JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 }));
  return folder;
}
