import { appendFile, chmod, link, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { everythingIn, hashesBelow } from '../support/everything';
import { NodeServer } from '../support/nodeServer';
import { useJobs } from '../support/place';
import { processesAt } from '../support/processes';
import { until } from '../support/until';

jest.setTimeout(120_000);

const place = useJobs();
const dataset = 'ds';
let path = '';
let before: Awaited<ReturnType<typeof look>>;

const git = (...args: string[]): Promise<string> => place.workspace.git(args, path);
const look = async () => ({
  ...(await everythingIn(path)).work,
  status: await git('status', '--porcelain'),
  index: await git('ls-files', '-s')
});
const shelf = (): string => join(path, '.git', 'jupyterlab-datalad', 'discarded');

beforeEach(async () => {
  path = await place.workspace.dataset({
    files: { 'notes.txt': 'in Git\n', 'gone.txt': 'deleted\n' },
    annexed: { 'locked.bin': 5_000, 'open.bin': 6_000 },
    unlocked: ['open.bin']
  });
  await appendFile(`${path}/notes.txt`, 'more');
  await appendFile(`${path}/open.bin`, 'edited');
  await rm(`${path}/gone.txt`);
  await place.workspace.annex(['unlock', '-q', 'locked.bin'], path);
  await place.workspace.write({ 'ds/new/file': 'new', 'ds/added.txt': 'added' });
  await git('-c', 'annex.largefiles=nothing', 'add', 'added.txt');
  before = await look();
});
afterEach(() => place.workspace.remove(path));

/** A git that kills its server once, before or after a command on the dataset's own index that holds these words. */
async function deadlyGit(words: string, when: 'before' | 'after'): Promise<Record<string, string>> {
  const { base, env } = place.workspace;
  const bin = join(base, 'bin');
  const real = (await place.workspace.run('sh', ['-c', 'command -v git'])).trim();
  const kill = `if mv ${base}/armed ${base}/fired 2>/dev/null; then kill -9 $PPID; fi`;
  const run = when === 'before' ? `${kill}; exec ${real} "$@"` : `${real} "$@"; code=$?; ${kill}; exit $code`;
  await mkdir(bin, { recursive: true });
  await writeFile(
    `${bin}/git`,
    `#!/bin/sh\ncase "$GIT_INDEX_FILE$*" in /*) exec ${real} "$@";; *'${words}'*) ${run};; *) exec ${real} "$@";; esac\n`
  );
  await chmod(`${bin}/git`, 0o755);
  await writeFile(`${base}/armed`, '');
  return { PATH: `${bin}:${env['PATH']}` };
}

/** Starts a job on a server that its git kills, and waits until nothing of it works any more. */
async function killed(operation: string, input: Record<string, unknown>, tools: Record<string, string>): Promise<void> {
  const server = await NodeServer.start(place.workspace, tools);
  await server.start(operation, input).catch(() => undefined);
  await server.ended;
  // The worker of this test lives on.
  const works = (): boolean =>
    processesAt(place.workspace.base).some(({ command }) => !/jupyterlab_datalad\/worker\b/u.test(command.join(' ')));
  await until('the end of what was killed', async () => !works());
}

/** What the next server keeps is brought back, and everything is as before the discard. */
async function bringBack(): Promise<void> {
  const server = await NodeServer.start(place.workspace);
  try {
    await rm(join(path, '.git', 'index.lock'), { force: true });
    const kept = (await (await server.call('discarded', { dataset })).json()) as { id: string }[];
    for (const { id } of kept) {
      const job = await server.end(await server.start('undoDiscard', { dataset, discard: id }));
      expect(job).toMatchObject({ state: 'ok' });
    }
    expect(await look()).toEqual(before);
    expect(await readdir(shelf()).catch(() => [])).toEqual([]);
  } finally {
    await server.stop();
  }
}

const input = { dataset, paths: [dataset] };

describe('a discard that is killed', () => {
  it.each([
    ['before its ref is made', 'update-ref refs/jupyterlab-datalad', 'before'],
    ['before the files are moved', 'update-ref refs/jupyterlab-datalad', 'after'],
    ['before the index is set', 'update-index -z --index-info', 'before'],
    ['after the index was set', 'update-index -z --index-info', 'after'],
    ['after the files were written', 'checkout-index', 'after'],
    ['before unlocked files have their content', 'annex smudge --update', 'before']
  ] as const)('%s loses nothing and is undone', async (_, words, when) => {
    const hashes = await hashesOfAll();
    await killed('discard', input, await deadlyGit(words, when));
    expect(await hashesOfAll()).toEqual(expect.arrayContaining(hashes));
    await bringBack();
  });

  it('between two files loses nothing and is undone', async () => {
    // As if it had been stopped there: some files are on the shelf, others in their place, and the index is the old one.
    const hashes = await hashesOfAll();
    await killed('discard', input, await deadlyGit('update-index -z --index-info', 'before'));
    const [id = ''] = await readdir(shelf());
    const manifest = JSON.parse(await place.workspace.run('cat', [join(shelf(), id, 'manifest.json')])) as {
      entries: { path: string; work: { name: string } | null }[];
    };
    const moved = manifest.entries.filter(({ work }) => work !== null);
    expect(moved.length).toBeGreaterThan(3);
    const [first, second] = moved;
    await rename(join(shelf(), id, 'files', first!.work!.name), join(path, first!.path));
    // And one that stands in both places for a moment, as while it is brought back.
    await link(join(shelf(), id, 'files', second!.work!.name), join(path, second!.path)).catch(() => undefined);
    expect(await hashesOfAll()).toEqual(expect.arrayContaining(hashes));
    await bringBack();
  });
});

describe('an undo that is killed', () => {
  it.each([
    ['before the index is set', 'update-index -z --index-info', 'before'],
    ['after the index was set', 'update-index -z --index-info', 'after'],
    ['before what was kept is removed', 'update-ref -d refs/jupyterlab-datalad', 'before'],
    ['after its ref is gone', 'update-ref -d refs/jupyterlab-datalad', 'after']
  ] as const)('%s can be done again', async (_, words, when) => {
    const hashes = await hashesOfAll();
    const { id } = await place.jobs.run('discard', input);
    await killed('undoDiscard', { dataset, discard: id }, await deadlyGit(words, when));
    expect(await hashesOfAll()).toEqual(expect.arrayContaining(hashes));
    await bringBack();
  });
});

/** Hashes of every file of the dataset but git's own, wherever it lies. */
async function hashesOfAll(): Promise<string[]> {
  const work = Object.values((await everythingIn(path)).work).flatMap(text => /^file \d+ (.+)$/.exec(text)?.[1] ?? []);
  return [...new Set([...work, ...(await hashesBelow(join(path, '.git', 'annex', 'objects'))), ...(await hashesBelow(shelf()))])];
}
