import { timed } from './frame/measure.mjs';

/** Where the copies of all files of a dataset are: by a server that has just begun, and again. */
export const copies = {
  name: 'copies',
  measure: async bench => {
    const { files } = bench;
    const dataset = await bench.dataset('deep', files);
    const server = await bench.server(dataset.root);
    const ask = () => server.call('copies', { dataset: 'ds', paths: ['ds'] });
    let found;
    const cold = await timed(async () => (found = await ask()));
    const noted = found.places[0]?.amount.files;
    if (found.all.files !== files || noted !== files || found.here.files !== Math.ceil(files / 2)) {
      throw new Error(`${found.all.files} files, of which ${found.here.files} here and ${noted} elsewhere`);
    }
    let lag = 0;
    let done = false;
    const asking = timed(ask).finally(() => (done = true));
    while (!done) {
      lag = Math.max(lag, await server.lag());
    }
    const warm = await asking;
    const whereis = await timed(() => bench.runUnread('git', ['annex', 'whereis', '--json'], { cwd: dataset.path }));
    const reference = { what: 'git annex whereis --json', value: whereis };
    const of = `of ${files.toLocaleString('en')} files`;
    return [
      { what: `copies ${of}, cold`, ours: cold, unit: 'ms', reference, target: 0.1 },
      { what: 'the same, counted before', ours: warm, unit: 'ms', reference, target: 0.1 },
      { what: 'longest wait of another request meanwhile', ours: lag, unit: 'ms' }
    ];
  }
};
