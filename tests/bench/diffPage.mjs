/* global document, requestAnimationFrame, window -- functions handed to the page run there */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeAll, longestFrame } from './frame/frames.mjs';
import { Lab } from './frame/lab.mjs';
import { interleave } from './frame/measure.mjs';

const LINES = 250_000;
const SHOWN = '1 line came, 1 line went';
/** Milliseconds after which the comparison will not come any more. */
const PATIENCE = 60_000;
const FILES = ['lines.txt', 'oneLine.txt'];

/** A repository with two saved texts of 10 MB, each changed in one place since: one of many lines, one of a single line. */
async function makeTexts(bench, path) {
  await mkdir(path);
  const git = (...args) => bench.run('git', args, { cwd: path });
  const lines = Array.from({ length: LINES }, (_, at) => `line ${at} of a text of ten megabytes, that is`);
  const write = async () => {
    await writeFile(join(path, FILES[0]), lines.join('\n'));
    await writeFile(join(path, FILES[1]), lines.join(' '));
  };
  await git('init', '-q');
  await writeFile(join(path, 'small.txt'), 'small');
  await write();
  await git('add', '.');
  await git('commit', '-q', '-m', 'Texts');
  await writeFile(join(path, 'small.txt'), 'changed');
  lines[LINES / 2] = 'changed';
  await write();
}

/** From the command until the changed lines are on screen, by the clock of the page. */
function opening(page, path, words = SHOWN) {
  return page.evaluate(
    async ([file, shown, patience]) => {
      const start = performance.now();
      await window.jupyterapp.commands.execute('datalad:diff', { paths: [file] });
      const isShown = () => [...document.querySelectorAll('.jp-Datalad-compare')].some(view => view.textContent.includes(shown));
      while (!isShown()) {
        if (performance.now() - start > patience) {
          throw new Error(`${file} is not compared.`);
        }
        await new Promise(resolve => requestAnimationFrame(resolve));
      }
      await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return performance.now() - start;
    },
    [path, words, PATIENCE]
  );
}

/** The comparison of texts of 10 MB in a browser: how soon it is there, and whether the page stands still for it. */
export const diffPage = {
  name: 'diffPage',
  measure: async bench => {
    const root = await mkdtemp(join(bench.cache, 'texts-'));
    try {
      await makeTexts(bench, join(root, 'ds'));
      const lab = await Lab.start(bench, root);
      try {
        const page = await lab.open('ds');
        // What is loaded once has been loaded.
        await opening(page, 'ds/small.txt', 'changed');
        const longest = Object.fromEntries(FILES.map(name => [name, 0]));
        const open = name => async () => {
          await closeAll(page);
          let took = 0;
          const frame = await longestFrame(page, async () => {
            took = await opening(page, `ds/${name}`);
          });
          longest[name] = Math.max(longest[name], frame);
          return took;
        };
        const times = await interleave(Object.fromEntries(FILES.map(name => [name, open(name)])), bench.rounds);
        return FILES.flatMap(name => {
          const what = `of a text of 10 MB, ${name === FILES[0] ? 'one line of 250,000 changed' : 'all of it in one line'}`;
          return [
            { what: `comparison ${what}, until it is shown`, ours: times[name], unit: 'ms' },
            { what: 'longest frame meanwhile', ours: longest[name], unit: 'ms', target: 200 }
          ];
        });
      } finally {
        await lab.stop();
      }
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  }
};
