import { ensureHistory, followedName } from './datasets/makeHistory.mjs';
import { interleave } from './frame/measure.mjs';

const COMMITS = 100_000;
/** Pages scrolled down before the one that is measured. */
const DEEP = 100;
const ROUNDS = 15;

/** The history of a dataset as the panel lists it, and of one file. */
export const history = {
  name: 'history',
  measure: async bench => {
    const { root, path } = await ensureHistory(bench, COMMITS);
    const server = await bench.server(root);
    const git = (...args) => bench.run('git', args, { cwd: path }).then(() => undefined);
    const page = cursor => server.call('history', { dataset: 'ds', limit: 100, ...(cursor ? { cursor } : {}) });
    const file = followedName(COMMITS);
    const followed = () => server.call('history', { dataset: 'ds', path: `ds/${file}`, limit: 200 });
    let deep;
    for (let at = 0; at < DEEP; at++) {
      ({ next: deep } = await page(deep));
    }
    const times = await interleave(
      { first: () => page().then(() => undefined), deep: () => page(deep).then(() => undefined), log: () => git('log', '-100') },
      ROUNDS
    );
    const ofFile = await interleave(
      { ours: () => followed().then(() => undefined), git: () => git('log', '--follow', '-200', '--', file) },
      bench.rounds
    );
    const log = { what: 'git log -100', value: times.log };
    const of = `of ${COMMITS.toLocaleString('en')}`;
    return [
      { what: `history: the first 100 commits ${of}`, ours: times.first, unit: 'ms', reference: log, target: 2 },
      { what: `the same, ${DEEP * 100} commits below`, ours: times.deep, unit: 'ms', reference: log, target: 2 },
      {
        what: `history of one file, 200 commits ${of} and ${Math.floor((COMMITS - 1) / 20_000)} renames`,
        ours: ofFile.ours,
        unit: 'ms',
        reference: { what: 'git log --follow -200', value: ofFile.git },
        target: 1.2
      }
    ];
  }
};
