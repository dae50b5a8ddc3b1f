import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { JobBench } from '../support/jobBench';
import { Reading } from '../support/reading';
import { failureOf, RecordingTask } from '../support/recordingTask';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

/** What makes git-annex fail after it has moved the branch, and how that ends. Nothing can be protected against root. */
const HINDRANCES: readonly [what: string, hinder: (root: string) => Promise<() => Promise<void>>][] = [
  [
    'a hook refuses the checkout',
    async root => {
      const hook = join(root, '.git/hooks/post-checkout');
      const before = await readFile(hook);
      await writeFile(hook, '#!/bin/sh\nexit 1\n');
      return () => writeFile(hook, before);
    }
  ],
  ...(process.getuid?.() === 0
    ? []
    : [
        [
          'a folder may not be written',
          async (root: string) => {
            await chmod(join(root, 'a'), 0o555);
            return () => chmod(join(root, 'a'), 0o755);
          }
        ] as const
      ].map(([what, hinder]): [string, typeof hinder] => [what, hinder]))
];

describe.each(HINDRANCES)('a branch that hides files, where %s', (_, hinder) => {
  let workspace: Workspace;
  let reading: Reading;
  let bench: JobBench;
  let root: string;
  const dataset = contentsPath('ds');
  beforeAll(async () => {
    workspace = await makeWorkspace();
    reading = new Reading(workspace);
    bench = new JobBench(workspace);
    root = await workspace.dataset({
      files: { 'a/text': 'x' },
      annexed: { 'a/1.bin': 100, 'a/2.bin': 200, 'b.bin': 300 },
      dropped: ['a/2.bin', 'b.bin']
    });
    await workspace.annex(['adjust', '-q', '--hide-missing'], root);
  });
  afterAll(async () => {
    reading.dispose();
    await bench.dispose();
    await workspace.dispose();
  });

  const git = async (...args: string[]): Promise<string> => (await workspace.git(args, root)).trim();

  it('is put back as it was; what came is kept, nothing is lost by a save, and the next get shows it', async () => {
    const [before, main] = [await git('rev-parse', 'HEAD'), await git('rev-parse', 'main')];
    const release = await hinder(root);
    const paths = [contentsPath('ds/a/2.bin')];
    const task = new RecordingTask();
    const failure = await failureOf(bench.handlers.get({ dataset, paths }, task));
    expect(failure).toMatchObject({ kind: 'hidden-files', parameters: { why: expect.any(String) as string } });
    expect(task.summary).toEqual(['get ok ds/a/2.bin']);
    expect([
      await git('rev-parse', 'HEAD'),
      await git('symbolic-ref', '--short', 'HEAD'),
      await git('rev-parse', 'main')
    ]).toEqual([before, 'adjusted/main(hidemissing)', main]);
    expect(await reading.datasets.totals({ dataset, complete: true })).toMatchObject({
      here: { files: 2 },
      notHere: { files: 1 }
    });
    await release();
    await writeFile(join(root, 'note'), 'x');
    await bench.handlers.save({ dataset, message: 'Meanwhile' }, new RecordingTask());
    expect((await git('diff', '--name-status', main, 'main')).split('\n')).toEqual(['A\tnote']);
    await bench.handlers.get({ dataset, paths }, new RecordingTask());
    expect((await readFile(join(root, 'a/2.bin'))).length).toBe(200);
    expect((await reading.rows('ds/a'))['2.bin']).toMatchObject({ kind: 'annex', here: 'yes' });
    expect(await git('status', '--porcelain')).toBe('');
    expect(await git('ls-tree', '-r', '--name-only', 'main')).toBe(
      ['.datalad/config', 'a/1.bin', 'a/2.bin', 'a/text', 'b.bin', 'note'].join('\n')
    );
  });
});
