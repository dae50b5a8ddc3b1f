// Measures ours against git and DataLad, and prints a table and JSON: `npm run bench -- --help`.
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Bench } from '../tests/bench/frame/bench.mjs';
import { judged, machine, table } from '../tests/bench/frame/report.mjs';
import { measurements } from '../tests/bench/index.mjs';
import { main, say } from './lib/say.mjs';
import { setUp } from './lib/setup.mjs';

const HELP = `npm run bench -- [--only NAME]… [--rounds N] [--cache DIR] [--json FILE] [--files N] [--huge]
  --only    ${measurements.map(({ name }) => name).join(', ')}; may be repeated
  --rounds  of what is quick; default 5
  --cache   where the datasets stay from run to run; default: below the temporary folder
  --json    where the results go, too; default: results.json in that folder
  --files   in the large dataset; default 100000. 1000000 take 12 GB and the better part of an hour
  --huge    in the browser also a folder of 10,000, for which JupyterLab itself takes minutes`;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '5' },
    cache: { type: 'string', default: join(tmpdir(), 'jupyterlab-datalad-bench') },
    json: { type: 'string' },
    files: { type: 'string', default: '100000' },
    huge: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
});

await main(async () => {
  if (options.help) {
    console.log(HELP);
    return;
  }
  const tools = await setUp();
  const cache = resolve(options.cache);
  await mkdir(cache, { recursive: true });
  const [rounds, files] = [options.rounds, options.files].map(Number);
  const bench = new Bench({ tools, cache, rounds, files, huge: options.huge, say });
  await bench.open();
  const results = [];
  const load = [loadavg()[0]];
  for (const { name, measure } of measurements) {
    if (options.only.length === 0 || options.only.includes(name)) {
      say(`Measuring ${name}`);
      try {
        results.push(...(await measure(bench)).map(judged));
      } finally {
        await bench.close();
      }
      load.push(loadavg()[0]);
    }
  }
  const report = { machine: machine(), date: new Date().toISOString(), load, results };
  const file = resolve(options.json ?? join(cache, 'results.json'));
  await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  console.log(
    `\n${table(results)}\n\n${report.machine}; load before and after each measurement: ${load.map(value => value.toFixed(1)).join(', ')}\nThe same as JSON: ${file}`
  );
});
