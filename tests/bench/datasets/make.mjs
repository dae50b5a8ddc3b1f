import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const ALPHABET = '0123456789zqjxkmvwgpfZQJXKMVWGPF';
/** Files of one folder in a deep dataset, and such folders in the folder around them. */
const PER_FOLDER = 100;
const TIME = 1_700_000_000;
/** Where all content is said to be, so that nothing here is a last copy. */
const ELSEWHERE = 'b0000000-0000-4000-8000-000000000001';

/** Where git-annex keeps a key: below `annex/objects`, and as a log in its branch. */
function hashDirectories(key) {
  const digest = createHash('md5').update(key).digest();
  const word = digest.readUInt32LE(0);
  const char = index => ALPHABET[(word >>> (6 * index)) & 31];
  const hex = digest.toString('hex');
  return { mixed: `${char(1)}${char(0)}/${char(3)}${char(2)}`, lower: `${hex.slice(0, 3)}/${hex.slice(3, 6)}` };
}

/** The file of a number: every second one is here. */
export function annexedFile(shape, number) {
  const content = `content of file ${number}\n`.repeat(1 + (number % 7));
  const key = `MD5E-s${content.length}--${createHash('md5').update(content).digest('hex')}.dat`;
  const name = `sub-${String(number).padStart(7, '0')}_scan.dat`;
  const inner = Math.floor(number / PER_FOLDER);
  const numbered = (prefix, index) => `${prefix}-${String(index).padStart(4, '0')}`;
  const folder = shape === 'wide' ? 'all' : `${numbered('group', Math.floor(inner / PER_FOLDER))}/${numbered('part', inner)}`;
  return { path: `${folder}/${name}`, folder, name, key, content, here: number % 2 === 0 };
}

/** A file in git beside the annexed ones in each folder, to be edited. */
export const NOTES = 'notes.txt';

/**
 * Makes a dataset as `datalad create` and `datalad save` would, in seconds instead of hours: trees and location logs by
 * `git fast-import`, content written where git-annex keeps it. Git and git-annex are then asked whether they agree.
 */
export async function makeDataset(bench, { path, shape, files }) {
  await mkdir(path, { recursive: true });
  const git = (...args) => bench.run('git', args, { cwd: path });
  await git('init', '-q');
  await git('annex', 'init', '-q', 'bench');
  const uuid = (await git('config', 'annex.uuid')).trim();
  await importHistory(bench, { path, shape, files, uuid });
  writeContents(path, shape, files);
  await git('reset', '-q', '--hard', 'refs/heads/main');
  await verify(bench, { path, files, first: annexedFile(shape, 0).folder });
  return { uuid, head: (await git('rev-parse', 'HEAD')).trim() };
}

async function importHistory(bench, { path, shape, files, uuid }) {
  const child = spawn('git', ['fast-import', '--quiet', '--force'], {
    cwd: path,
    env: bench.env,
    stdio: ['pipe', 'inherit', 'inherit']
  });
  const ended = once(child, 'close');
  let held = '';
  const write = async text => {
    held += text;
    if (held.length > 1 << 20) {
      const full = !child.stdin.write(held);
      held = '';
      await (full ? once(child.stdin, 'drain') : undefined);
    }
  };
  const data = text => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const commit = ref => `commit ${ref}\ncommitter Bench <bench@example.org> ${TIME} +0000\n${data('Made for the bench')}`;
  await write(`blob\nmark :1\n${data('Notes\n')}`);
  await write(commit('refs/heads/main'));
  await write(`M 100644 inline .datalad/config\n${data('[datalad "dataset"]\n\tid = b0000000-0000-4000-8000-000000000000\n')}`);
  await write(`M 100644 inline .gitattributes\n${data('* annex.backend=MD5E\n**/.git* annex.largefiles=nothing\n')}`);
  let last;
  for (let number = 0; number < files; number++) {
    const file = annexedFile(shape, number);
    const up = '../'.repeat(file.path.split('/').length - 1);
    const target = `${up}.git/annex/objects/${hashDirectories(file.key).mixed}/${file.key}/${file.key}`;
    await write(`M 120000 inline ${file.path}\n${data(target)}`);
    await write(file.folder === last ? '' : `M 100644 :1 ${file.folder}/${NOTES}\n`);
    last = file.folder;
  }
  await write(`${commit('refs/heads/git-annex')}from refs/heads/git-annex^0\n`);
  for (let number = 0; number < files; number++) {
    const { key, here } = annexedFile(shape, number);
    // A time of its own, as with files that come one after the other: no two logs are the same.
    const moment = `${TIME}.${String(number).padStart(7, '0')}s`;
    const log = `${here ? `${moment} 1 ${uuid}\n` : ''}${moment} 1 ${ELSEWHERE}\n`;
    await write(`M 100644 inline ${hashDirectories(key).lower}/${key}.log\n${data(log)}`);
  }
  child.stdin.end(held);
  const [code] = await ended;
  if (code !== 0) {
    throw new Error(`git fast-import ended with ${code}`);
  }
}

/** As git-annex leaves it: nobody may write to the content, nor to the folder around it. */
function writeContents(path, shape, files) {
  for (let number = 0; number < files; number += 2) {
    const { key, content } = annexedFile(shape, number);
    const folder = join(path, '.git/annex/objects', hashDirectories(key).mixed, key);
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder);
    writeFileSync(join(folder, key), content, { mode: 0o444 });
    chmodSync(folder, 0o555);
  }
}

async function verify(bench, { path, files, first }) {
  const here = (await bench.run('git', ['annex', 'find', '--in=here'], { cwd: path })).trim().split('\n').length;
  const status = await bench.run('git', ['status', '--porcelain'], { cwd: path });
  if (here !== Math.ceil(files / 2) || status !== '') {
    throw new Error(`The dataset in ${path} is not as it should be: ${here} files here, status ${status.slice(0, 200)}`);
  }
  if (files <= 1_000 || first !== 'all') {
    await bench.run('git', ['annex', 'fsck', '--fast', '--quiet', '--', first], { cwd: path });
  }
}
