import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const START = 1_500_000_000;
/** Raised when what is made changes. */
const VERSION = 1;

/** A repository of so many runs, each of which makes so many files of one, kept from run to run: `{ root, path }`. */
export async function ensureRuns(bench, { runs, outputs }) {
  const root = join(bench.cache, `runs-${runs}-${outputs}`);
  const path = join(root, 'ds');
  const known = await readFile(`${path}.json`, 'utf8').then(JSON.parse, () => null);
  if (known?.version !== VERSION) {
    bench.say(`Making ${runs} runs`);
    await rm(root, { recursive: true, force: true });
    await mkdir(path, { recursive: true });
    const git = (...args) => bench.run('git', args, { cwd: path });
    await git('init', '-q');
    await importRuns(bench, path, { runs, outputs });
    await writeFile(`${path}.json`, JSON.stringify({ version: VERSION }));
  }
  return { root, path };
}

async function importRuns(bench, path, { runs, outputs }) {
  const child = spawn('git', ['fast-import', '--quiet'], { cwd: path, env: bench.env, stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(child, 'close');
  const data = text => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const write = async text => child.stdin.write(text) || (await once(child.stdin, 'drain'));
  const commit = (mark, message) =>
    `commit refs/heads/main\nmark :${mark}\ncommitter Bench <bench@example.org> ${START + mark * 60} +0000\n${data(message)}` +
    (mark === 1 ? '' : `from :${mark - 1}\n`);
  await write(commit(1, 'Raw'));
  for (let at = 0; at < Math.min(runs, 1_000); at++) {
    await write(`M 100644 inline raw/${at}.dat\n${data(`raw ${at}`)}`);
  }
  for (let at = 0; at < runs; at++) {
    const made = Array.from({ length: outputs }, (_, one) => `made/${at % 50}/${at}-${one}.dat`);
    const inputs = [`raw/${at % 1_000}.dat`];
    const record = { chain: [], cmd: `make ${at}`, dsid: 'bench', exit: 0, extra_inputs: [], inputs, outputs: made, pwd: '.' };
    const text = JSON.stringify(record, null, 1);
    const message = `[DATALAD RUNCMD] Make ${at}\n\n=== Do not change lines below ===\n${text}\n^^^ Do not change lines above ^^^\n`;
    await write(commit(at + 2, message) + made.map(name => `M 100644 inline ${name}\n${data(`${name} made`)}`).join(''));
  }
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) {
    throw new Error(`git fast-import ended with ${code}`);
  }
}
