import { appendFile, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { contentsPath } from '../../src/protocol/paths';
import { Reading } from '../support/reading';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(300_000);

const FOLDERS = ['', 'a', 'a/b', 'a/b/c', 'a b', 'é', 'z'];
const NAMES = ['1.bin', '2.bin', 'ö.bin', '-x.bin', '0'];

type Step =
  | { what: 'add' | 'remove' | 'drop' | 'get' | 'text' | 'unlock' | 'edit' | 'stage'; path: string; seed: number }
  | { what: 'commit' | 'reset' | 'back' | 'switch' | 'stash' | 'pop' };

/** What changes the whole dataset at once; git refuses some of it at some moments. */
const WHOLE = {
  commit: ['commit', '-q', '--allow-empty', '-a', '-m', 'x'],
  reset: ['reset', '-q', '--hard'],
  back: ['reset', '-q', 'HEAD~2'],
  switch: ['checkout', '-q', '-B', 'other', 'HEAD~1'],
  stash: ['stash', '-q'],
  pop: ['stash', 'pop', '-q']
} as const;

const path = fc.tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES)).map(names => names.filter(Boolean).join('/'));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('add' as const), path, seed: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constantFrom('remove', 'drop', 'get', 'text', 'unlock', 'edit', 'stage'),
      path,
      seed: fc.integer({ min: 1, max: 6 })
    })
  },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('commit', 'commit', 'reset', 'back', 'switch', 'stash', 'pop') }) }
);

describe('what is kept from one look to the next', () => {
  let workspace: Workspace;
  let reading: Reading;
  let root: string;
  /** A home in which a setting makes git be asked about everything: the short way is taken only where files compare as usual. */
  let carefulHome: string;
  beforeAll(async () => {
    workspace = await makeWorkspace();
    root = await workspace.dataset({ path: 'ds', annexed: { 'a/1.bin': 10, 'z/2.bin': 20 }, files: { 'a/text': 'x' } });
    reading = new Reading(workspace);
    carefulHome = join(workspace.base, 'careful');
    await mkdir(carefulHome);
    await writeFile(join(carefulHome, '.gitconfig'), '[core]\n\ttrustctime = false\n');
  });
  afterAll(async () => {
    reading.dispose();
    await workspace.dispose();
  });

  /** Adds, drops, … as a terminal would; what is not possible at the moment is passed over. */
  async function take(step: Step): Promise<void> {
    if (!('path' in step)) {
      await workspace.git(WHOLE[step.what], root).catch(() => undefined);
      return;
    }
    const at = join(root, step.path);
    const isThere = (await workspace.git(['ls-files', '--', step.path], root)) !== '';
    const onDisk = (await readdir(dirname(at)).catch((): string[] => [])).includes(step.path.split('/').pop() ?? '');
    switch (step.what) {
      case 'add':
        await mkdir(dirname(at), { recursive: true });
        await rm(at, { force: true });
        await writeFile(at, `content ${step.seed}`);
        return void (await workspace.annex(['add', '-q', '--force-large', '--', step.path], root));
      case 'text':
        await mkdir(dirname(at), { recursive: true });
        await rm(at, { force: true });
        return await writeFile(at, `text ${step.seed}`);
      case 'stage':
        return onDisk ? void (await workspace.git(['-c', 'annex.largefiles=nothing', 'add', '--', step.path], root)) : undefined;
      case 'remove':
        return isThere ? void (await workspace.git(['rm', '-qf', '--', step.path], root)) : undefined;
      case 'get':
        await writeFile(join(workspace.base, 'content.bin'), `content ${step.seed}`);
        return void (await workspace.annex(['reinject', '-q', '--known', join(workspace.base, 'content.bin')], root));
      case 'edit':
        await rm(at, { force: true });
        return isThere ? await symlink('elsewhere', at) : undefined;
      case 'drop':
      case 'unlock':
        if (isThere && onDisk) {
          await workspace
            .annex([step.what, '-q', ...(step.what === 'drop' ? ['--force'] : []), '--', step.path], root)
            .catch(() => undefined);
        }
    }
  }

  async function everything(by: Reading): Promise<unknown> {
    const folders = FOLDERS.map(folder => join('ds', folder));
    const rows = [];
    for (const folder of folders) {
      rows.push(await by.rows(folder).catch((error: Error) => error.message));
    }
    return { rows, totals: await by.datasets.totals({ dataset: contentsPath('ds'), complete: true }) };
  }

  it('is what a new look by git would find, whatever happened in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 }), async rounds => {
        for (const steps of rounds) {
          for (const each of steps) {
            await take(each);
          }
          const fresh = new Reading(workspace, { HOME: carefulHome });
          const kept = await everything(reading);
          expect(kept).toEqual(await everything(fresh));
          fresh.dispose();
        }
      }),
      { numRuns: 4, endOnFailure: true }
    );
  });

  it('sees content that is put back by hand at once', async () => {
    await workspace.git(['reset', '-q', '--hard'], root);
    await workspace.git(['clean', '-qfdx'], root);
    await writeFile(join(root, 'by-hand.bin'), 'by hand');
    await workspace.annex(['add', '-q', '--force-large', 'by-hand.bin'], root);
    await workspace.git(['commit', '-q', '-m', 'By hand'], root);
    expect((await reading.rows('ds'))['by-hand.bin']).toEqual({ kind: 'annex', here: 'yes', bytes: 7, key: expect.any(String) });
    const content = join(root, await workspace.run('readlink', ['-n', 'by-hand.bin'], root));
    await workspace.run('chmod', ['u+w', dirname(content)], root);
    await rm(content);
    expect((await reading.rows('ds', false))['by-hand.bin']).toMatchObject({ here: 'no', bytes: 7 });
    await writeFile(content, 'cut');
    expect((await reading.rows('ds', false))['by-hand.bin']).toMatchObject({ here: 'yes', damaged: true });
    await appendFile(join(root, 'a/text'), 'more').catch(() => undefined);
  });
});
