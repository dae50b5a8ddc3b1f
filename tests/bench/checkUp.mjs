import { timed } from './frame/measure.mjs';

const CHECKS = ['copies', 'large', 'unpushed', 'links', 'leftovers', 'old'];

/** Each check of a check-up of all files of a dataset, by a server that has just begun; beside it git-annex's own look for what is not needed. */
export const checkUp = {
  name: 'checkUp',
  measure: async bench => {
    const { files } = bench;
    const dataset = await bench.dataset('deep', files);
    const server = await bench.server(dataset.root);
    const rows = [];
    for (const check of CHECKS) {
      const ours = await timed(() => server.call('checkUp', { dataset: 'ds', check }));
      rows.push({ what: `check-up of ${files.toLocaleString('en')} files: ${check}`, ours, unit: 'ms' });
    }
    const unused = await timed(() => bench.runUnread('git', ['annex', 'unused'], { cwd: dataset.path }));
    rows.at(-1).reference = { what: 'git annex unused', value: unused };
    return rows;
  }
};
