import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import type { AbsolutePath } from '../../src/server/paths';
import { run } from '../../src/server/process/run';
import { useReadingAndJobs } from '../support/place';
import { failureOf } from '../support/recordingTask';

jest.setTimeout(120_000);

const dataset = contentsPath('ds');
const at = (path: string) => contentsPath(`ds/${path}`);
const deep = (folders: number): string => Array.from({ length: folders }, (_, index) => `${index}${'d'.repeat(198)}`).join('/');

/** Longer than what some programs take for the longest, and near to what the kernel does. */
const FOLDER = deep(17);
const [LONG, OTHER] = [`${FOLDER}/${'ü'.repeat(60)}.bin`, `${FOLDER}/new.bin`];
/** No system call takes this one. */
const TOO_LONG = `${deep(24)}/file.bin`;

describe('very long paths', () => {
  const place = useReadingAndJobs();
  let root: string;
  beforeAll(async () => {
    root = await place.workspace.dataset({ files: { text: 'x' }, annexed: { 'a.bin': 100, [LONG]: 200 }, dropped: true });
  });

  it('have their row, are got, unlocked, edited, saved and dropped', async () => {
    expect(Buffer.byteLength(LONG)).toBeGreaterThan(3_400);
    expect(Object.keys(await place.reading.rows(`ds/${FOLDER}`))).toEqual([`${'ü'.repeat(60)}.bin`]);
    expect(await place.reading.row(`ds/${LONG}`)).toMatchObject({ kind: 'annex', here: 'no', bytes: 200 });
    const plan = await place.reading.datasets.planGet({ dataset, paths: [at(LONG)] }, place.reading.signal);
    expect(plan.toGet).toMatchObject({ files: 1, bytes: 200 });
    await place.jobs.run('get', { dataset, paths: [at(LONG)] });
    expect((await readFile(join(root, LONG))).length).toBe(200);
    expect((await place.reading.row(`ds/${LONG}`))?.here).toBe('yes');
    await place.workspace.write({ [`ds/${OTHER}`]: Buffer.alloc(1_000, 'new') });
    await place.jobs.run('save', { dataset, paths: [at(OTHER)], message: 'Long' });
    expect(await place.reading.row(`ds/${OTHER}`)).toMatchObject({ kind: 'annex', here: 'yes', bytes: 1_000 });
    await place.jobs.run('drop', { dataset, paths: [at(LONG)] });
    expect((await place.reading.row(`ds/${LONG}`))?.here).toBe('no');
    const summary = await place.reading.datasets.dataset({ path: at(FOLDER) }, place.reading.signal);
    expect(summary).toMatchObject({ dataset: { path: 'ds' }, changes: [] });
  });

  it('that are too long for this system are told, and take nothing else with them', async () => {
    const key = 'MD5E-s300--0123456789abcdef0123456789abcdef.bin';
    const target = `${'../'.repeat(24)}.git/annex/objects/xx/yy/${key}/${key}`;
    const git = async (args: readonly string[], input: string): Promise<string> => {
      const { stdout, stderr, code } = await run('git', args, { cwd: root, env: place.workspace.env, timeout: 60_000, input });
      expect([code, stderr]).toEqual([0, '']);
      return stdout.toString().trim();
    };
    const blob = await git(['hash-object', '-w', '--stdin'], target);
    await git(['update-index', '-z', '--index-info'], `120000 ${blob} 0\t${TOO_LONG}\0`);
    await git(['commit', '-q', '--no-verify', '-m', 'Too long'], '');
    place.reading.datasets.changed(root as AbsolutePath);
    const summary = await place.reading.datasets.dataset({ path: dataset }, place.reading.signal);
    expect(summary?.unread).toBeUndefined();
    expect(await place.reading.rows('ds')).toMatchObject({ 'a.bin': { kind: 'annex', here: 'no' }, text: { kind: 'git' } });
    expect((await place.reading.datasets.totals({ dataset, complete: true })).notHere).toMatchObject({ files: 3, bytes: 600 });
    for (const path of [TOO_LONG, deep(24), 'n'.repeat(300)]) {
      expect(await place.reading.row(`ds/${path}`)).toBeNull();
      expect((await failureOf(place.reading.rows(`ds/${path}`))).kind).toBe('not-found');
      for (const operation of ['get', 'drop', 'unlock'] as const) {
        const failure = await place.jobs.failure(operation, { dataset, paths: [at(path)] });
        const kind = operation === 'get' ? 'long-name' : 'not-found';
        expect([operation, path.length, failure.kind]).toEqual([operation, path.length, kind]);
      }
    }
    await place.jobs.run('get', { dataset, paths: [at('a.bin')] });
    expect((await place.reading.row('ds/a.bin'))?.here).toBe('yes');
    // What cannot be looked at was not deleted.
    await place.workspace.write({ 'ds/text': 'changed' });
    const head = () => place.workspace.git(['rev-parse', 'HEAD'], root);
    const before = await head();
    const all = await place.jobs.failure('save', { dataset, message: 'All of it' });
    expect([all.kind, await head()]).toEqual(['long-name', before]);
    await place.jobs.run('save', { dataset, paths: [at('text')], message: 'This one' });
    expect((await place.workspace.git(['show', '--format=', '--name-status', 'HEAD'], root)).trim()).toBe('T\ttext');
  });
});
