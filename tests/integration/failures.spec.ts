import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailureKind } from '../../src/protocol/failure';
import { workerEnvironment } from '../../src/server/datalad/workerEnvironment';
import { JobBench } from '../support/jobBench';
import { usePlace } from '../support/place';
import { RecordingTask } from '../support/recordingTask';
import { snapshot } from '../support/snapshot';

jest.setTimeout(60_000);

const dataset = 'ds';
const [here, absent] = ['ds/here.bin', 'ds/absent.bin'];

describe('a job fails with its cause', () => {
  const place = usePlace(workspace => ({ jobs: new JobBench(workspace, { python: join(workspace.base, 'python') }) }));
  let path: string;

  beforeAll(async () => {
    path = await place.workspace.dataset({ annexed: { 'here.bin': 2_000, 'absent.bin': 30_000_000 }, dropped: ['absent.bin'] });
    // Root overrules modes: then DataLad runs as root without that power.
    const python = join(place.workspace.base, 'python');
    const drop = process.getuid?.() === 0 ? 'setpriv --bounding-set=-all --inh-caps=-all ' : '';
    await writeFile(python, `#!/bin/sh\nexec ${drop}python "$@"\n`);
    await chmod(python, 0o755);
    place.jobs.pool.prewarm();
  });

  const kindOf = async (...job: Parameters<JobBench['failure']>): Promise<FailureKind> => (await place.jobs.failure(...job)).kind;

  it('in a folder that may not be written, and changes nothing there', async () => {
    await place.workspace.write({ 'ds/new.txt': 'new', 'closed/x': '' });
    await place.workspace.run('chmod', ['-R', 'a-w', path, place.workspace.path('closed')]);
    const before = await snapshot(path);
    expect(await kindOf('get', { dataset, paths: [absent] })).toBe('permission-denied');
    expect(await kindOf('save', { dataset, message: 'x' })).toBe('permission-denied');
    expect(await snapshot(path)).toEqual(before);
    const inside = 'closed/in';
    expect(await kindOf('clone', { source: path, path: inside })).toBe('permission-denied');
    expect(await kindOf('create', { path: inside })).toBe('permission-denied');
    expect(await readdir(place.workspace.path('closed'))).toEqual(['x']);
    expect(await kindOf('drop', { dataset, paths: [here] })).toBe('permission-denied');
    await place.workspace.run('chmod', ['-R', 'u+w', path, place.workspace.path('closed')]);
    await place.jobs.run('save', { dataset, message: 'x' });
  });

  it('when there is not enough space', async () => {
    await place.workspace.git(['config', 'annex.diskreserve', '1000000TB'], path);
    expect(await kindOf('get', { dataset, paths: [absent] })).toBe('no-space');
    await place.workspace.git(['config', '--unset', 'annex.diskreserve'], path);
  });

  it('when another program gets the same content', async () => {
    await place.workspace.git(['config', 'remote.origin.annex-bwlimit', '2MB'], path);
    const first = new RecordingTask();
    const running = place.jobs.failure('get', { dataset, paths: [absent] }, first);
    await first.until(({ active }) => active.length > 0);
    expect(await kindOf('get', { dataset, paths: [absent] })).toBe('transfer-busy');
    first.cancel();
    expect((await running).kind).toBe('cancelled');
    await place.workspace.git(['config', '--unset', 'remote.origin.annex-bwlimit'], path);
  });

  it('in a dataset of another user', async () => {
    const env = workerEnvironment({ ...place.workspace.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' });
    const other = new JobBench(place.workspace, { env });
    const failure = await other.failure('get', { dataset, paths: [absent] });
    await other.dispose();
    expect(failure).toMatchObject({ kind: 'other-owner', hint: expect.stringContaining('safe.directory') });
  });

  it('when the content of a source is damaged, and keeps none of it', async () => {
    const source = `${place.workspace.sources}/ds`;
    const found = (await place.workspace.annex(['find'], path)).trim();
    const key = (await place.workspace.annex(['lookupkey', 'absent.bin'], source)).trim();
    const object = join(source, (await place.workspace.annex(['contentlocation', key], source)).trim());
    await chmod(object, 0o600);
    await writeFile(object, 'garbage');
    expect(await kindOf('get', { dataset, paths: [absent] })).toBe('content-unavailable');
    expect((await place.workspace.annex(['find'], path)).trim()).toBe(found);
  });

  it('when the repository is damaged', async () => {
    await writeFile(`${path}/.git/index`, 'garbage');
    expect(await kindOf('get', { dataset, paths: [absent] })).toBe('damaged-repository');
    expect(await kindOf('save', { dataset, message: 'x' })).toBe('damaged-repository');
  });
});
