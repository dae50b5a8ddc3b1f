import { setTimeout as wait } from 'node:timers/promises';
import { interleave, timed } from './frame/measure.mjs';

/** Between two questions about the totals while they are counted, in milliseconds: each of them takes time from the count, too. */
const ASK = 20;
/** Memory is settled when it did not grow or shrink by a megabyte in this time, in milliseconds. */
const SETTLED = 2_000;

/** Asks for the totals until they are counted: when they came first, when they were complete, and the longest wait of another request. */
async function count(server) {
  const start = performance.now();
  const found = { lag: 0 };
  for (;;) {
    const { here, notHere, counting } = await server.call('totals', { dataset: 'ds' });
    const now = performance.now() - start;
    found.first ??= here.files + notHere.files > 0 ? now : undefined;
    if (!counting) {
      return { ...found, all: now, files: here.files + notHere.files };
    }
    found.lag = Math.max(found.lag, await server.lag());
    await wait(ASK);
  }
}

async function settledMemory(server) {
  for (let before = Infinity; ;) {
    const now = await server.memory();
    if (Math.abs(now - before) < 1) {
      return now;
    }
    before = now;
    await wait(SETTLED);
  }
}

/** Totals of a whole dataset, and what it takes to have it open. */
export const totals = {
  name: 'totals',
  measure: async bench => {
    const { files } = bench;
    const dataset = await bench.dataset('deep', files);
    const args = ['-f', 'json', 'status', '--annex', 'all'];
    const reference = await timed(() => bench.runUnread('datalad', args, { cwd: dataset.path }));
    const server = await bench.server(dataset.root);
    await server.listen();
    const cold = await count(server);
    if (cold.files !== files) {
      throw new Error(`${cold.files} files counted`);
    }
    await server.call('rows', { folder: 'ds', complete: true });
    const memory = await settledMemory(server);
    const { warm } = await interleave({ warm: () => server.call('totals', { dataset: 'ds' }).then(() => undefined) }, 30);
    const datalad = { what: 'datalad status --annex all', value: reference };
    const of = `of ${files.toLocaleString('en')} files`;
    return [
      { what: `totals ${of}, cold`, ours: cold.all, unit: 'ms', reference: datalad, target: bench.target(0.05) },
      { what: 'the first of them', ours: cold.first, unit: 'ms', target: 200 },
      { what: 'the same, warm', ours: warm, unit: 'ms', target: 50 },
      { what: 'longest wait of another request meanwhile', ours: cold.lag, unit: 'ms', target: 50 },
      { what: `memory of the server with a dataset ${of} open`, ours: memory, unit: 'MB', target: 150 }
    ];
  }
};
