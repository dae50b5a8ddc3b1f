import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import { everythingIn } from '../support/everything';
import { JobBench } from '../support/jobBench';
import { makeArchives } from '../support/makeArchives';
import { usePlace } from '../support/place';
import { makeSevenZip, toolFolder } from '../support/sevenZip';
import { UndoBench } from '../support/undoBench';

jest.setTimeout(90_000);

const dataset = contentsPath('ds');

describe('the undo of an unpacked archive', () => {
  const place = usePlace(workspace => {
    workspace.env['PATH'] = `${toolFolder(workspace)}:${workspace.env['PATH'] ?? ''}`;
    const jobs = new JobBench(workspace);
    return { jobs, bench: new UndoBench(jobs, workspace) };
  });
  let path: string;
  const git = (...args: string[]) => place.workspace.git(args, path);
  const unpack = () =>
    place.bench.run('addArchiveContent', { dataset, archive: 'ds/in/data.zip', overwrite: true, remove: true });

  beforeAll(async () => {
    const { workspace } = place;
    path = workspace.path('ds');
    await makeSevenZip(workspace);
    await workspace.datalad(['create', 'ds']);
    await workspace.write({ 'ds/in/x.txt': 'was there', 'ds/other.txt': 'other' });
    await makeArchives(workspace, {
      'ds/in/data.zip': [
        ['file', 'x.txt', 'from the archive'],
        ['file', 'new.bin', 'N'.repeat(20_000)]
      ]
    });
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Archive']);
  });

  it('takes it back by a save, says so before, and loses nothing', async () => {
    const before = await everythingIn(path);
    await unpack();
    const unpacked = await everythingIn(path);
    const commit = (await git('rev-parse', 'HEAD')).trim();
    expect(unpacked.work['in/data.zip']).toBeUndefined();
    const { plan } = await place.bench.plan('ds');
    expect(plan).toMatchObject({ kind: 'unpack', files: 3, action: { operation: 'undoSave', input: { by: 'revert' } } });
    expect([...(plan?.names ?? [])].sort()).toEqual(['in/data.zip', 'in/new.bin', 'in/x.txt']);

    await place.bench.run('undoSave', { ...plan?.action.input });
    const after = await everythingIn(path);
    expect(after.work).toEqual(before.work);
    expect(after.annexed).toEqual(unpacked.annexed);
    expect((await git('rev-parse', 'HEAD~1')).trim()).toBe(commit);
    expect(await git('status', '--porcelain')).toBe('');
    expect((await place.bench.plan('ds')).plan).toBeNull();

    // What was unpacked comes back from there.
    await place.jobs.run('restore', { dataset, paths: ['ds/in/new.bin'], commit });
    expect(await readFile(`${path}/in/new.bin`, 'utf8')).toBe('N'.repeat(20_000));
    await git('reset', '-q', '--hard');
  });

  it('is refused while a file of it has changes, and leaves other changes alone', async () => {
    await unpack();
    const { plan } = await place.bench.plan('ds');
    const input = { ...plan?.action.input };
    await rm(`${path}/in/x.txt`);
    await writeFile(`${path}/in/x.txt`, 'edited since');
    const edited = await everythingIn(path);
    expect((await place.bench.plan('ds', plan?.job)).failure).toMatchObject({ kind: 'not-undoable' });
    expect((await place.jobs.failure('undoSave', input as never)).kind).toBe('not-undoable');
    expect(await everythingIn(path)).toEqual(edited);
    await git('checkout', '-q', '--', 'in/x.txt');
    await place.workspace.annex(['unlock', '-q', 'other.txt'], path);
    await git('reset', '-q');
    await appendFile(`${path}/other.txt`, ' edited');
    await place.bench.run('undoSave', input);
    expect(await readFile(`${path}/other.txt`, 'utf8')).toBe('other edited');
    expect(await readFile(`${path}/in/x.txt`, 'utf8')).toBe('was there');
  });
});
