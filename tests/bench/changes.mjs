import { createHash } from 'node:crypto';
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { interleave, median } from './frame/measure.mjs';
import { annexedFile, NOTES } from './datasets/make.mjs';

/** Until a page is told of a change, in milliseconds: it asks no sooner. */
const TOLD = 250;
const PATIENCE = 60_000;

/** Changes of one file; each is made in a terminal, takes back what the one before did, and says when it shows. */
function changes(bench, { path }, file) {
  const notes = `${file.folder}/${NOTES}`;
  const git = (...args) => bench.run('git', args, { cwd: path });
  const row = (listing, name) => listing.rows.find(each => each.name === name);
  // Git-annex takes the extension for a part of the key.
  const saved = join(bench.cache, 'content.dat');
  return {
    edit: {
      make: () => appendFile(join(path, notes), 'edited\n'),
      shows: listing => row(listing, NOTES).change === 'modified'
    },
    commit: {
      make: () => git('commit', '-q', '-m', 'Notes', '--', notes),
      shows: listing => row(listing, NOTES).change === undefined
    },
    drop: {
      make: () => git('annex', 'drop', '-q', '--force', '--', file.path),
      shows: (listing, { here }, before) => row(listing, file.name).here === 'no' && here.files === before.here.files - 1
    },
    get: {
      make: async () => {
        await writeFile(`${saved}.new`, file.content);
        await rename(`${saved}.new`, saved);
        await git('-c', 'annex.backend=MD5E', 'annex', 'reinject', '-q', '--known', saved);
      },
      shows: (listing, { here }, before) => row(listing, file.name).here === 'yes' && here.files === before.here.files + 1
    },
    add: {
      make: async () => {
        await writeFile(join(path, file.folder, 'added.dat'), String(Math.random()));
        await git('annex', 'add', '-q', '--force-large', '--', `${file.folder}/added.dat`);
        await git('commit', '-q', '-m', 'One more');
      },
      shows: (listing, { here }, before) => row(listing, 'added.dat').here === 'yes' && here.files === before.here.files + 1
    }
  };
}

/** Leaves the dataset as the cache has it; git looks at each file once after that, which is not to count. */
async function takeBack(bench, { path, head }, file) {
  await bench.run('git', ['annex', 'drop', '-q', '--force', '--', `${file.folder}/added.dat`], { cwd: path });
  await bench.run('git', ['reset', '-q', '--hard', head], { cwd: path });
  await bench.run('git', ['status', '--porcelain'], { cwd: path });
}

/** What nobody can do without who must know what a new index holds: it is read, and its checksum looked at. */
async function floor({ path }) {
  const index = await readFile(join(path, '.git/index'));
  createHash('sha1').update(index.subarray(0, -20)).digest();
}

/** The time from the question for rows and totals to the right answer, which may take several questions. */
async function untilShown(name, ask, shows) {
  const start = performance.now();
  for (;;) {
    const [listing, totals] = await ask();
    const time = performance.now() - start;
    if (shows(listing, totals)) {
      return time;
    }
    if (time > PATIENCE) {
      throw new Error(`${name} does not show`);
    }
  }
}

/** Rows and totals after a change of one file in a large dataset. */
export const changed = {
  name: 'changes',
  measure: async bench => {
    const dataset = await bench.dataset('deep', bench.files);
    const file = annexedFile('deep', bench.files / 2);
    const server = await bench.server(dataset.root);
    const ask = async () => [
      await server.call('rows', { folder: `ds/${file.folder}` }),
      await server.call('totals', { dataset: 'ds', complete: true })
    ];
    await server.listen();
    await untilShown('the dataset', ask, (_, { counting }) => !counting);
    const steps = Object.entries(changes(bench, dataset, file)).map(([name, { make, shows }]) => {
      const step = async () => {
        const [, before] = await ask();
        await make();
        await wait(TOLD);
        return await untilShown(name, ask, (listing, totals) => shows(listing, totals, before));
      };
      return [name, step];
    });
    const status = () => bench.run('git', ['status', '--porcelain'], { cwd: dataset.path });
    const times = {};
    for (let round = 0; round < bench.rounds; round++) {
      const all = await interleave({ reference: status, floor: () => floor(dataset), ...Object.fromEntries(steps) }, 1);
      await takeBack(bench, dataset, file);
      Object.entries(all).forEach(([name, time]) => (times[name] ??= []).push(time));
    }
    const reference = { what: 'git status', value: median(times.reference) };
    const words = { edit: 'an edit', commit: 'a commit', drop: 'a drop', get: 'a get', add: 'a commit of a new file' };
    const note = `reading the index and its checksum alone: ${median(times.floor).toFixed(0)} ms`;
    return Object.entries(words).map(([name, word]) => ({
      what: `rows and totals among ${bench.files.toLocaleString('en')} files after ${word}`,
      ours: median(times[name]),
      unit: 'ms',
      reference,
      target: bench.target(0.2),
      ...(['commit', 'add'].includes(name) ? { note } : {})
    }));
  }
};
