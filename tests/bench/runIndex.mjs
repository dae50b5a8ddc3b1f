/* global AbortController -- Node has it */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root as project } from '../../scripts/lib/paths.mjs';
import { ensureRuns } from './datasets/makeRuns.mjs';
import { interleave, timed } from './frame/measure.mjs';

const RUNS = 100_000;
const GREP = ['--grep=^\\[DATALAD RUNCMD\\] ', '--basic-regexp', '-z'];

/** The index of run records for itself, without a server around it and without the graph that is made of it. */
async function bundled(bench) {
  const outfile = join(bench.cache, 'runIndex.mjs');
  const contents = `
    export { RunIndex } from './src/server/dataset/runs/runIndex';
    export { Repository } from './src/server/dataset/repository';`;
  await build({
    stdin: { contents, resolveDir: project, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    // What is CommonJS among the packages asks for it.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    outfile
  });
  return await import(pathToFileURL(outfile).href);
}

/** How soon the records of a long history are known, and what is read when one commit comes on top. */
export const runIndex = {
  name: 'runIndex',
  measure: async bench => {
    const { path } = await ensureRuns(bench, { runs: RUNS, outputs: 1 });
    const { RunIndex, Repository } = await bundled(bench);
    const { signal } = new AbortController();
    const python = { python: bench.tools.environment.python, env: bench.env };
    const open = async () => new RunIndex(await Repository.open(path, bench.env), python);
    let kept;
    const commit = (...args) => bench.run('git', ['commit', '-q', '--allow-empty', '--no-verify', ...args], { cwd: path });
    const undo = () => bench.run('git', ['update-ref', 'refs/heads/main', 'HEAD~1'], { cwd: path });
    const log = () => bench.runUnread('git', ['log', ...GREP, '--format=%H%n%P%n%at%n%an%n%ae%n%B'], { cwd: path });
    const times = await interleave(
      {
        log,
        first: async () => {
          kept = await open();
          return await timed(() => kept.runs(signal));
        },
        more: async () => {
          await commit('-m', '[DATALAD RUNCMD] One more');
          const time = await timed(() => kept.runs(signal));
          await undo();
          return time;
        }
      },
      bench.rounds
    );
    const reference = { what: 'git log of them', value: times.log };
    return [
      { what: '100,000 run records, indexed for the first time', ours: times.first, unit: 'ms', reference, target: 2 },
      { what: 'the same with one commit more', ours: times.more, unit: 'ms', reference, target: 0.1 }
    ];
  }
};
