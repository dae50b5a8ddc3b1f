import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const START = 1_500_000_000;
/** Each so-manieth commit merges a branch, changes the followed file, renames it. */
const [MERGE, FOLLOWED, RENAME] = [20, 100, 20_000];
/** Raised when what is made changes. */
const VERSION = 1;

/** The followed file is called something else after each rename. */
export const followedName = commits => `analysis/report-${Math.floor((commits - 1) / RENAME)}.md`;

/** A repository with so many commits, made at the first question and kept from run to run: `{ root, path }`. */
export async function ensureHistory(bench, commits) {
  const root = join(bench.cache, `history-${commits}`);
  const path = join(root, 'ds');
  const known = await readFile(`${path}.json`, 'utf8').then(JSON.parse, () => null);
  if (known?.version === VERSION) {
    return { root, path };
  }
  bench.say(`Making a history of ${commits} commits`);
  await rm(root, { recursive: true, force: true });
  await mkdir(path, { recursive: true });
  const git = (...args) => bench.run('git', args, { cwd: path });
  await git('init', '-q');
  await importCommits(bench, path, commits);
  await git('reset', '-q', '--hard', 'main');
  await writeFile(`${path}.json`, JSON.stringify({ version: VERSION, commits }));
  return { root, path };
}

async function importCommits(bench, path, commits) {
  const child = spawn('git', ['fast-import', '--quiet'], { cwd: path, env: bench.env, stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(child, 'close');
  const data = text => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const report = number =>
    Array.from({ length: 60 }, (_, line) => `line ${line} ${line === number % 60 ? number : ''}\n`).join('');
  for (let number = 0; number < commits; number++) {
    const time = START + number * 600;
    const merged = number > MERGE && number % MERGE === 0 ? `merge :${number - 5}\n` : '';
    const name = followedName(number + 1);
    const renamed = number > 0 && number % RENAME === 0 ? `R ${followedName(number)} ${name}\n` : '';
    const changed =
      number % FOLLOWED === 0 && renamed === '' ? `M 100644 inline ${name}\n${data(report(number / FOLLOWED))}` : '';
    const other = `M 100644 inline data/${number % 97}/file-${number % 1000}.txt\n${data(String(number))}`;
    const text =
      `commit refs/heads/main\nmark :${number + 1}\ncommitter Bench <bench@example.org> ${time} +0000\n` +
      data(`Step ${number}\n\nWhat was done in step ${number}, in a sentence.`) +
      (number === 0 ? '' : `from :${number}\n${merged}`) +
      renamed +
      changed +
      other;
    if (!child.stdin.write(text)) {
      await once(child.stdin, 'drain');
    }
  }
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) {
    throw new Error(`git fast-import ended with ${code}`);
  }
}
