import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { annexedFile } from './datasets/make.mjs';
import { makeSibling } from './datasets/sibling.mjs';
import { Jobs } from './frame/jobs.mjs';
import { interleave, timed } from './frame/measure.mjs';
import { setTimeout as pause } from 'node:timers/promises';

const SMALL_FILES = 1_000;

/** A get by a server whose worker has served before, or by one that was just started. */
async function getOnce(bench, { root, fresh }, warm) {
  const dataset = basename(await fresh(warm ? 'warm' : 'cold'));
  const server = await bench.server(root);
  const jobs = await Jobs.of(server);
  if (warm) {
    await jobs.time('get', { dataset, paths: [`${dataset}/data/file-0.dat`] });
  }
  const time = await jobs.time('get', { dataset, paths: [`${dataset}/data`] });
  await server.stop();
  return time;
}

async function getCommand(bench, { fresh }) {
  const cwd = await fresh('command');
  return await timed(() => bench.run('datalad', ['get', '-J2', 'data'], { cwd }));
}

/** Many small files from a local sibling. */
export const get = {
  name: 'get',
  measure: async bench => {
    const sibling = await makeSibling(bench, SMALL_FILES);
    const steps = {
      warm: () => getOnce(bench, sibling, true),
      cold: () => getOnce(bench, sibling, false),
      command: () => getCommand(bench, sibling)
    };
    const { warm, cold, command } = await interleave(steps, Math.min(3, bench.rounds));
    const reference = { what: 'datalad get -J2', value: command };
    const what = `get of ${SMALL_FILES.toLocaleString('en')} small files from a local sibling`;
    return [
      { what: `${what}, warm worker`, ours: warm, unit: 'ms', reference, target: 1 },
      { what: 'the same, the server just started', ours: cold, unit: 'ms', reference, target: 1 }
    ];
  }
};

/** A copy of a dataset that may be changed. */
async function copyOf(bench, { path }) {
  const root = join(bench.cache, 'changed');
  const copy = join(root, 'ds');
  await bench.run('chmod', ['-R', 'u+w', root]).catch(() => undefined);
  await rm(root, { recursive: true, force: true });
  await bench.run('mkdir', [root]);
  await bench.run('cp', ['-a', path, copy]);
  await bench.run('git', ['status', '--porcelain'], { cwd: copy });
  return { root, copy };
}

/** One new small file among very many, at the top or in a folder of 100. */
export const save = {
  name: 'save',
  measure: async bench => {
    const { root, copy } = await copyOf(bench, await bench.dataset('deep', 10_000));
    const server = await bench.server(root);
    const jobs = await Jobs.of(server);
    await server.call('dataset', { path: 'ds' });
    let count = 0;
    const write = async folder => {
      const file = join(folder, `new-${++count}.txt`);
      await writeFile(join(copy, file), `new file ${count}\n`);
      return file;
    };
    const ours = folder => async () => {
      const file = await write(folder);
      return await jobs.time('save', { dataset: 'ds', message: 'One file', paths: [join('ds', file)] });
    };
    const command = folder => async () => {
      const file = await write(folder);
      return await timed(() => bench.run('datalad', ['save', '-m', 'One file', file], { cwd: copy }));
    };
    const { folder } = annexedFile('deep', 5_000);
    await ours('')();
    const steps = { top: ours(''), topCommand: command(''), inner: ours(folder), innerCommand: command(folder) };
    const { top, topCommand, inner, innerCommand } = await interleave(steps, Math.max(7, bench.rounds));
    const reference = value => ({ what: 'datalad save', value });
    return [
      {
        what: 'save of one new file at the top of 10,000, warm worker',
        ours: top,
        unit: 'ms',
        reference: reference(topCommand),
        target: 0.5
      },
      { what: 'the same in a folder of 100', ours: inner, unit: 'ms', reference: reference(innerCommand), target: 0.5 }
    ];
  }
};

/** Milliseconds that somebody needs at least to fill in a form; the worker for the command is started when it opens. */
const FILLING = 3_000;

/** A command that does nothing, recorded: what a record costs. */
export const run = {
  name: 'run',
  measure: async bench => {
    const { root, copy } = await copyOf(bench, await bench.dataset('deep', 1_000));
    const server = await bench.server(root);
    const jobs = await Jobs.of(server);
    const input = { dataset: 'ds', command: 'true' };
    const recorded = async () => await jobs.time('run', input);
    const formFirst = async () => {
      await server.call('containers', { dataset: 'ds' });
      await pause(FILLING);
      return await recorded();
    };
    const command = () => timed(() => bench.run('datalad', ['run', 'true'], { cwd: copy }));
    const steps = { filled: formFirst, atOnce: recorded, command };
    const { filled, atOnce, command: reference } = await interleave(steps, Math.max(5, bench.rounds));
    const told = { what: 'datalad run true', value: reference };
    return [
      { what: 'a recorded “true”, its form filled in', ours: filled, unit: 'ms', reference: told, target: 1 },
      { what: 'the same without a form, right after another', ours: atOnce, unit: 'ms', reference: told }
    ];
  }
};
