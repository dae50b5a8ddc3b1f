import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import type { RerunPlan } from '../../src/protocol/rerun';
import type { CommitId } from '../../src/protocol/revision';
import { readContainerCode } from '../../src/server/dataset/containers/containerCode';
import { throwAwayFolder } from '../../src/server/dataset/runs/needs';
import { makeImage } from '../support/containerImage';
import { findRuntime } from '../support/containerRuntime';
import { useReadingAndJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';
import { until } from '../support/until';

jest.setTimeout(180_000);

/** All that is in a folder, with the content of each file, and of links where they lead. */
async function everythingIn(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const place = join(entry.parentPath, entry.name);
    const { mode } = await lstat(place);
    const content = entry.isSymbolicLink() ? await readlink(place) : entry.isFile() ? await readFile(place) : '';
    found[place.slice(folder.length + 1)] = `${mode} ${createHash('sha256').update(content).digest('hex')}`;
  }
  return found;
}

describe('a verification', () => {
  const place = useReadingAndJobs();

  const path = (name = ''): string => place.workspace.path(join('ds', name));
  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, path())).trim();
  const head = async (): Promise<CommitId> => (await git('rev-parse', 'HEAD')) as CommitId;
  const record = async (message: string, command: string, ...args: string[]): Promise<CommitId> => {
    const named = (option: string): string[] => args.filter((_, at) => args[at - 1] === option);
    await place.jobs.run('run', { dataset: 'ds', message, command, inputs: named('-i'), outputs: named('-o') });
    return await head();
  };
  type Range = { commit?: CommitId; since?: CommitId | 'all' };
  const plan = async (range: Range): Promise<RerunPlan> =>
    await place.reading.datasets.history.planRerun({ dataset: contentsPath('ds'), ...range, verify: true }, place.reading.signal);
  const verify = async (range: Range, more: { get?: boolean } = {}): Promise<RecordingTask> => {
    const runs = (await plan(range)).steps.map(({ commit }) => commit);
    return await place.jobs.run('verifyRuns', { dataset: 'ds', ...range, ...more, runs });
  };
  /** `path verdict` of each file. */
  const verdicts = (task: RecordingTask): string[] =>
    task.results
      .filter(({ action }) => action === 'rerun-output')
      .map(({ path: file, ['verdict']: verdict }) => `${file} ${verdict}`);
  const runsOf = (task: RecordingTask): Record<string, unknown>[] =>
    task.results.filter(({ action }) => action === 'verified-run');
  /** No clone is left. */
  const nothingLeft = async (): Promise<void> =>
    expect(existsSync(throwAwayFolder(place.workspace.env)) ? await readdir(throwAwayFolder(place.workspace.env)) : []).toEqual(
      []
    );

  /** A commit that looks like a run: nobody ran it. */
  const forge = async (extra: object): Promise<CommitId> => {
    const id = await git('config', '-f', '.datalad/config', 'datalad.dataset.id');
    const cmd = `touch ${place.workspace.path('ran')}`;
    const data = { cmd, dsid: id, inputs: [], outputs: [], pwd: '.', exit: 0, chain: [], ...extra };
    const lines = ['=== Do not change lines below ===', JSON.stringify(data), '^^^ Do not change lines above ^^^'];
    await git('commit', '-q', '--allow-empty', '-m', `[DATALAD RUNCMD] Forged\n\n${lines.join('\n')}\n`);
    return await head();
  };
  let start: CommitId;
  let count: CommitId;
  let noise: CommitId;

  beforeAll(async () => {
    await place.workspace.datalad(['create', '-c', 'text2git', 'ds']);
    await place.workspace.write({ 'ds/words.txt': 'one\ntwo\n', 'ds/table.dat': randomBytes(3_000) });
    await place.workspace.datalad(['save', '-d', 'ds', '-m', 'Words']);
    start = await head();
    count = await record(
      'Count',
      'wc -l < words.txt > count.txt; cat table.dat table.dat > twice.dat',
      '-i',
      'words.txt',
      '-i',
      'table.dat',
      '-o',
      'count.txt',
      '-o',
      'twice.dat'
    );
    noise = await record(
      'Noise',
      'date +%N > when.txt; head -c 2000 /dev/urandom > noise.dat',
      '-o',
      'when.txt',
      '-o',
      'noise.dat'
    );
  });
  afterEach(nothingLeft);

  it('tells of each file whether it comes out the same, and leaves no trace in the dataset', async () => {
    await place.workspace.write({ 'ds/words.txt': 'not saved\n', 'ds/new.txt': 'not saved, either\n' });
    const before = await everythingIn(path());
    const task = await verify({ since: 'all' });
    expect(verdicts(task).sort()).toEqual([
      'ds/count.txt identical',
      'ds/noise.dat changed',
      'ds/twice.dat identical',
      'ds/when.txt changed'
    ]);
    expect(runsOf(task)).toMatchObject([
      { commit: count, title: 'Count' },
      { commit: noise, title: 'Noise' }
    ]);
    expect(runsOf(task).some(run => 'failed' in run)).toBe(false);
    expect(task.results.find(({ path: file }) => file === 'ds/when.txt')?.['difference']).toMatch(
      /^@@ -1 \+1 @@\n-\d+\n\+\d+\n$/u
    );
    expect(task.results.find(({ path: file }) => file === 'ds/noise.dat')?.['was']).toMatch(/^MD5E-s2000--/u);
    expect(await everythingIn(path())).toEqual(before);
    await git('checkout', '-q', 'words.txt');
    await git('clean', '-fq');
  });

  it('verifies a run in the commit that it was recorded on', async () => {
    await place.workspace.write({ 'ds/words.txt': 'one\ntwo\nthree\n' });
    await git('commit', '-qam', 'More words');
    expect(verdicts(await verify({ commit: count }))).toEqual(['ds/count.txt identical', 'ds/twice.dat identical']);
  });

  it('tells why a run fails, and does not take the old outputs of one for what comes after it', async () => {
    const base = await head();
    const once = await record('Once', `mkdir ${place.workspace.path('once')} && echo 1 > once.txt`, '-o', 'once.txt');
    await record('After', 'cat once.txt once.txt > after.txt', '-i', 'once.txt', '-o', 'after.txt');
    await record('Beside', 'echo beside > beside.txt; echo more > more.txt', '-o', 'beside.txt', '-o', 'more.txt');
    const task = await verify({ since: base });
    expect(verdicts(task)).toEqual([
      'ds/once.txt failed',
      'ds/after.txt failed',
      'ds/beside.txt identical',
      'ds/more.txt identical'
    ]);
    const [failed, after] = runsOf(task);
    expect(failed).toMatchObject({ commit: once, failed: { kind: 'command-failed', parameters: { code: 1, why: 'verify' } } });
    expect((failed?.['failed'] as { detail: string }).detail).toContain('mkdir');
    expect(after).toHaveProperty('failed');
    expect(task.text).toContain(`=== 1/3 ${once.slice(0, 10)} Once`);
  });

  it('tells of outputs that are missing, of files that are new, and finds inputs that were used and not recorded', async () => {
    const flag = place.workspace.path('flag');
    const base = await head();
    await record('Moody', `[ -e ${flag} ] && echo 2 > second.txt || echo 1 > first.txt`);
    await record('Careless', 'cat table.dat > copy.dat', '-o', 'copy.dat');
    await place.workspace.write({ flag: '' });
    expect(verdicts(await verify({ since: base }))).toEqual(['ds/first.txt missing', 'ds/second.txt new', 'ds/copy.dat failed']);
  });

  it('gets what is not here from its sources, where that is wanted, and into the clone alone', async () => {
    await place.workspace.git(['clone', '-q', path(), place.workspace.path('sibling')]);
    await place.workspace.annex(['get', '-q', 'table.dat'], place.workspace.path('sibling'));
    await git('remote', 'add', 'sibling', '../sibling');
    await git('fetch', '-q', 'sibling');
    await place.workspace.annex(['merge', '-q'], path());
    await place.workspace.annex(['drop', '-q', 'table.dat'], path());
    const before = await everythingIn(path());
    const { needs } = await plan({ commit: count });
    expect(needs).toMatchObject({ here: 0, absent: 1, absentBytes: 3_000 });
    const runs = [count];
    expect(await place.jobs.failure('verifyRuns', { dataset: 'ds', commit: count, runs })).toMatchObject({
      kind: 'not-here',
      parameters: { files: 1, bytes: 3_000 }
    });
    expect(verdicts(await verify({ commit: count }, { get: true }))).toEqual([
      'ds/count.txt identical',
      'ds/twice.dat identical'
    ]);
    expect(await everythingIn(path())).toEqual(before);
    await place.workspace.annex(['get', '-q', 'table.dat'], path());
  });

  it('uses subdatasets as they are here, and unlocked inputs', async () => {
    await place.workspace.datalad(['create', '-d', 'ds', 'ds/sub']);
    await place.workspace.write({ 'ds/sub/in.dat': randomBytes(2_000), 'ds/open.dat': randomBytes(1_000) });
    await place.workspace.datalad(['save', '-d', 'ds', '-r', '-m', 'Inputs']);
    await place.workspace.annex(['unlock', '-q', 'open.dat'], path());
    await place.workspace.datalad(['save', '-d', 'ds', '-m', 'Unlocked']);
    const both = await record(
      'Both',
      'cat sub/in.dat open.dat > both.dat; cp both.dat sub/out.dat',
      '-i',
      'sub/in.dat',
      '-i',
      'open.dat',
      '-o',
      'both.dat',
      '-o',
      'sub/out.dat'
    );
    const before = await everythingIn(path());
    const task = await verify({ commit: both });
    expect(verdicts(task)).toEqual(['ds/both.dat identical', 'ds/sub/out.dat identical']);
    expect(await everythingIn(path())).toEqual(before);
  });

  it('runs a command in its container again, whose image is taken as it is here, or got into the clone alone', async () => {
    const { workspace } = place;
    const image = join(workspace.base, 'image.tar');
    await makeImage(workspace, image);
    const { callFormat } = await findRuntime(workspace);
    await place.jobs.run('containersAdd', { dataset: contentsPath('ds'), name: 'tiny', url: image, callFormat });
    const { fingerprint } = await readContainerCode(
      { root: place.jobs.boundary.resolve(contentsPath('ds')), name: 'tiny' },
      { env: workspace.env, signal: place.reading.signal }
    );
    const command = `sh -c 'cat "$IMAGE/etc/made-here" > from-image.txt; tr a-z A-Z < words.txt > loud.txt'`;
    const request = { message: 'In a container', inputs: ['words.txt'], outputs: ['from-image.txt', 'loud.txt'] };
    await place.jobs.run('run', { dataset: 'ds', ...request, command, container: 'tiny', fingerprint });
    const commit = await head();
    await place.workspace.git(['clone', '-q', path(), workspace.path('with-image')]);
    await workspace.annex(['get', '-q', '.'], workspace.path('with-image'));
    const before = await everythingIn(path());
    const task = await verify({ commit });
    expect(runsOf(task)).toMatchObject([{ title: 'In a container', command: expect.stringContaining('loud.txt') }]);
    expect(runsOf(task)[0]).not.toHaveProperty('failed');
    expect(verdicts(task).sort()).toEqual(['ds/from-image.txt identical', 'ds/loud.txt identical']);
    expect(await everythingIn(path())).toEqual(before);
    // Not here: nothing is done unasked, and what is got comes into the clone.
    await git('remote', 'add', 'with-image', workspace.path('with-image'));
    await git('fetch', '-q', 'with-image');
    await workspace.annex(['drop', '-q', '--force', '.datalad/environments/tiny/image'], path());
    const without = await everythingIn(path());
    const runs = [commit];
    expect(await place.jobs.failure('verifyRuns', { dataset: 'ds', commit, runs })).toMatchObject({
      kind: 'not-here',
      parameters: { files: 1 }
    });
    expect(verdicts(await verify({ commit }, { get: true })).sort()).toEqual([
      'ds/from-image.txt identical',
      'ds/loud.txt identical'
    ]);
    expect(await everythingIn(path())).toEqual(without);
    // Another image: the record says which one it was.
    await workspace.annex(['get', '-q', '.datalad/environments/tiny/image'], path());
    const newer = join(workspace.base, 'newer.tar');
    await makeImage(workspace, newer, 'newer');
    await place.jobs.run('containersAdd', { dataset: contentsPath('ds'), name: 'tiny', url: newer, update: true });
    expect(verdicts(await verify({ commit })).sort()).toEqual(['ds/from-image.txt identical', 'ds/loud.txt identical']);
  });

  it('executes nothing that was not shown, or leads out of the dataset', async () => {
    const plain = await forge({});
    expect((await place.jobs.failure('verifyRuns', { dataset: 'ds', commit: plain, runs: [start] })).kind).toBe('changed-since');
    for (const extra of [{ pwd: '../..' }, { inputs: ['../../secret'] }, { outputs: ['/etc/*'] }, { dsid: 'other' }]) {
      const commit = await forge(extra);
      expect((await place.jobs.failure('verifyRuns', { dataset: 'ds', commit, runs: [commit] })).kind).toBe('not-repeatable');
    }
    await mkdir(path('deep'), { recursive: true });
    await place.workspace.run('ln', ['-s', '/', 'machine'], path('deep'));
    await git('add', '-A');
    await git('commit', '-qm', 'A link');
    const linked = await forge({ inputs: ['deep/**'] });
    const [run] = runsOf(await verify({ commit: linked }));
    expect(run).toMatchObject({ failed: { kind: 'not-repeatable', parameters: { obstacle: 'links' } } });
    await mkdir(path('git-annex-remote-evil'), { recursive: true });
    await writeFile(path('git-annex-remote-evil/run'), '');
    await git('add', '-A');
    await git('commit', '-qm', 'A program');
    const armed = await forge({});
    await git('rm', '-rq', 'git-annex-remote-evil', 'deep');
    await git('commit', '-qm', 'No program');
    expect(runsOf(await verify({ commit: armed }))).toMatchObject([{ failed: { kind: 'untrusted' } }]);
    expect(existsSync(place.workspace.path('ran'))).toBe(false);
  });

  it('begins nothing where there is no room, and leaves nothing where it is cancelled', async () => {
    const huge = 'MD5-s9000000000000000--0123456789abcdef0123456789abcdef';
    await place.workspace.annex(['fromkey', '-q', '--force', huge, 'huge.dat'], path());
    await git('commit', '-qm', 'Huge');
    const greedy = await forge({ inputs: ['huge.dat'] });
    expect(await place.jobs.failure('verifyRuns', { dataset: 'ds', commit: greedy, runs: [greedy], get: true })).toMatchObject({
      kind: 'no-space'
    });
    const started = place.workspace.path('started');
    const slow = await forge({ cmd: `echo $$ > ${started}; sleep 100; touch ${place.workspace.path('ran')}` });
    const task = new RecordingTask();
    const failing = place.jobs.failure('verifyRuns', { dataset: 'ds', commit: slow, runs: [slow] }, task);
    await until('the command', async () => existsSync(started) && (await readFile(started, 'utf8')) !== '');
    task.cancel();
    expect((await failing).kind).toBe('cancelled');
    const shell = Number(await readFile(started, 'utf8'));
    await until('its end', async () => !existsSync(`/proc/${shell}`));
  });

  it('keeps a report, and never over a file', async () => {
    const task = await verify({ commit: noise });
    place.jobs.reports.set(task.id, task.asReport({ operation: 'verifyRuns', dataset: 'ds' }));
    const file = 'ds/verification.md';
    await place.jobs.run('keepReport', { dataset: 'ds', job: task.id, file });
    const text = await readFile(place.workspace.path(file), 'utf8');
    expect(text).toContain('| `noise.dat` | changed | `MD5E-s2000--');
    expect(text).toContain('- Files: 2 changed');
    expect(text).toMatch(/With: git \d.*, datalad \d/u);
    expect(text).not.toContain(place.workspace.base);
    expect((await place.jobs.failure('keepReport', { dataset: 'ds', job: task.id, file })).kind).toBe('in-the-way');
    expect(await readFile(place.workspace.path(file), 'utf8')).toBe(text);
  });
});
