import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../../src/protocol/failure';
import type { UndoPlan } from '../../src/protocol/undo';
import { everythingIn } from '../support/everything';
import { useJobs } from '../support/place';
import { UndoBench } from '../support/undoBench';

jest.setTimeout(120_000);

describe.each([
  ['a clone', 'drop'],
  ['a clone that was registered in a dataset', 'remove']
] as const)('the undo of %s', (_, operation) => {
  const place = useJobs();
  const isRegistered = operation === 'remove';
  let bench: UndoBench;
  let [source, around, target] = ['', '', ''];
  let count = 0;

  beforeAll(async () => {
    source = await place.workspace.dataset({ path: 'source', files: { 'a.txt': 'in Git' }, annexed: { 'a.bin': 4_000 } });
    around = await place.workspace.dataset({ path: 'around', files: { 'own.txt': 'own' }, annexed: { 'own.bin': 3_000 } });
    bench = new UndoBench(place.jobs, place.workspace);
  });
  afterAll(() => bench.dispose());

  /** Clones, and tells what would be undone in the clone. */
  const clone = async (): Promise<UndoPlan> => {
    count += 1;
    target = isRegistered ? `around/sub${count}` : `clone${count}`;
    await bench.run('clone', { source, path: target, ...(isRegistered ? { asSubdataset: 'around' } : {}) });
    return (await bench.plan(target)).plan!;
  };
  const git = async (folder: string, ...args: string[]): Promise<string> =>
    (await place.workspace.git(args, place.workspace.path(folder))).trim();
  const undo = async ({ action }: UndoPlan): Promise<void> => void (await bench.run(action.operation, { ...action.input }));
  const refused = (found: UndoPlan): Promise<Failure> => place.jobs.failure(found.action.operation, found.action.input as never);
  /** All that must be there after it as before: the source, and what the dataset around it holds but for the list of subdatasets. */
  const others = async (): Promise<unknown> => {
    const { work, annexed } = await everythingIn(around);
    const own = Object.entries(work).filter(([name]) => name !== '.gitmodules' && !name.startsWith('sub'));
    return { source: await everythingIn(source), own, annexed };
  };

  it('removes it, and nothing else', async () => {
    const before = await others();
    const files = await git('around', 'ls-files', '-s', '--', 'own.txt', 'own.bin');
    const found = await clone();
    const commits = await git('around', 'rev-list', '--count', 'HEAD');
    expect(found).toMatchObject({ kind: 'clone', action: { operation } });
    await place.workspace.annex(['get', '-q', 'a.bin'], place.workspace.path(target));
    await undo(found);
    expect(existsSync(place.workspace.path(target))).toBe(false);
    expect(await others()).toEqual(before);
    expect(await git('around', 'ls-files', '-s', '--', 'own.txt', 'own.bin')).toBe(files);
    expect(await git('around', 'ls-files', '-s', '--', `sub${count}`)).toBe('');
    expect(await git('around', 'status', '--porcelain')).toBe('');
    // The registration stays in the history: it was one save, and another one takes it back.
    expect(Number(await git('around', 'rev-list', '--count', 'HEAD'))).toBe(Number(commits) + (isRegistered ? 1 : 0));
    expect((await bench.plan(isRegistered ? 'around' : target, found.job)).failure?.kind).toBe('not-undoable');
  });

  it('refuses what is not saved, content that is nowhere else, and commits that no sibling has', async () => {
    const found = await clone();
    const folder = place.workspace.path(target);
    const before = await others();
    const standing = async (): Promise<unknown> => [await everythingIn(folder), await git(target, 'rev-parse', 'HEAD')];
    const expectKept = async (failure: Partial<Failure>): Promise<void> => {
      const all = await standing();
      expect(await refused(found)).toMatchObject(failure);
      expect(await standing()).toEqual(all);
      expect(await others()).toEqual(before);
    };

    await place.workspace.write({ [`${target}/only.bin`]: 'only here' });
    expect((await bench.plan(target, found.job)).failure).toMatchObject({
      kind: 'not-undoable',
      message: 'The clone holds changes that are not saved.'
    });
    await expectKept({ kind: isRegistered ? 'unsaved-changes' : 'not-annexed' });

    await place.workspace.datalad(['save', '-m', 'Only here'], folder);
    await expectKept({ kind: 'last-copy', message: 'The dataset has commits that no sibling has.' });

    // The source has the commit, but not the content.
    await git(target, 'push', '-q', 'origin', `HEAD:refs/heads/kept${count}`);
    await expectKept({ kind: 'last-copy', message: 'This may be the last copy: no other place was found to have the content.' });
    expect(await readFile(join(folder, 'only.bin'), 'utf8')).toBe('only here');
  });
});
