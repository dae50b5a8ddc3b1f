import { interleave } from './frame/measure.mjs';
import { annexedFile } from './datasets/make.mjs';

const status = (bench, dataset) => () => bench.run('git', ['status', '--porcelain'], { cwd: dataset.path });
const dataladStatus = (bench, dataset) => () =>
  bench.runUnread('datalad', ['-f', 'json', 'status', '--annex', 'all'], { cwd: dataset.path });

/** Rows of a folder, by a server that was just started: nothing of ours is in any cache. */
function cold(bench, dataset, folder, expected) {
  return async () => {
    const server = await bench.server(dataset.root);
    const start = performance.now();
    const { rows } = await server.call('rows', { folder });
    const time = performance.now() - start;
    if (rows.filter(row => row.kind === 'annex').length !== expected) {
      throw new Error(`${folder}: ${rows.length} rows`);
    }
    await server.stop();
    return time;
  };
}

async function compare(bench, { dataset, folder, expected, reference, rounds, warmRounds }) {
  const server = await bench.server(dataset.root);
  await server.listen();
  await server.call('rows', { folder, complete: true });
  await server.call('totals', { dataset: 'ds', complete: true });
  const first = await interleave({ cold: cold(bench, dataset, folder, expected), reference }, rounds);
  const { warm } = await interleave({ warm: () => server.call('rows', { folder }).then(() => undefined) }, warmRounds);
  await server.stop();
  return { ...first, warm };
}

/** Rows of one folder against what the command line needs to know the same. */
export const rows = {
  name: 'rows',
  measure: async bench => {
    const deep = await bench.dataset('deep', bench.files);
    const inDeep = await compare(bench, {
      dataset: deep,
      folder: `ds/${annexedFile('deep', bench.files / 2).folder}`,
      expected: 100,
      reference: status(bench, deep),
      rounds: bench.rounds,
      warmRounds: 30
    });
    const wide = await bench.dataset('wide', 10_000);
    const inWide = await compare(bench, {
      dataset: wide,
      folder: 'ds/all',
      expected: 10_000,
      reference: dataladStatus(bench, wide),
      rounds: Math.min(3, bench.rounds),
      warmRounds: 15
    });
    const git = { what: 'git status', value: inDeep.reference };
    const datalad = { what: 'datalad status --annex all', value: inWide.reference };
    return [
      {
        what: `rows of a folder of 100 among ${bench.files.toLocaleString('en')} files, cold`,
        ours: inDeep.cold,
        unit: 'ms',
        reference: git,
        target: bench.target(0.3)
      },
      { what: 'the same, warm', ours: inDeep.warm, unit: 'ms', reference: git, target: bench.target(0.02) },
      { what: 'rows of a folder of 10,000 files, cold', ours: inWide.cold, unit: 'ms', reference: datalad, target: 0.06 },
      { what: 'the same, warm', ours: inWide.warm, unit: 'ms', reference: datalad, target: 0.01 }
    ];
  }
};
