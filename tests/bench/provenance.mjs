import { ensureRuns } from './datasets/makeRuns.mjs';
import { interleave, timed } from './frame/measure.mjs';

const GREP = ['--grep=^\\[DATALAD RUNCMD\\]', '--format=%H%x00%P%x00%an%x00%aI%x00%B', '-z'];

/** What was made of what: the graph that a page shows, and how soon the runs of a long history are known. */
export const provenance = {
  name: 'provenance',
  measure: async bench => {
    const graph = await ensureRuns(bench, { runs: 1_000, outputs: 10 });
    const long = await ensureRuns(bench, { runs: 20_000, outputs: 1 });
    const fresh = async root => {
      const server = await bench.server(root);
      return { time: await timed(() => server.call('provenance', { dataset: 'ds' })), server };
    };
    const log = path => bench.runUnread('git', ['log', ...GREP], { cwd: path });
    const first = await interleave(
      {
        graph: async () => (await fresh(graph.root)).time,
        long: async () => (await fresh(long.root)).time,
        graphLog: () => log(graph.path),
        longLog: () => log(long.path)
      },
      Math.min(3, bench.rounds)
    );
    const { server } = await fresh(long.root);
    const again = await interleave(
      { ours: () => server.call('provenance', { dataset: 'ds' }).then(() => undefined), log: () => log(long.path) },
      Math.min(3, bench.rounds)
    );
    const reference = value => ({ what: 'git log of all runs', value });
    return [
      {
        what: 'graph of 1,000 runs and 11,000 files, first look',
        ours: first.graph,
        unit: 'ms',
        reference: reference(first.graphLog)
      },
      {
        what: '20,000 runs, first look, with the graph of the newest 5,000',
        ours: first.long,
        unit: 'ms',
        reference: reference(first.longLog)
      },
      { what: 'the same again', ours: again.ours, unit: 'ms', reference: reference(again.log) }
    ];
  }
};
