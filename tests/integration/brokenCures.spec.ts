import { chmod, copyFile, open, readdir, readFile, realpath, rm, truncate } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { bytesFor } from '../support/makeDataset';
import { useReadingAndJobs } from '../support/place';
import { failureOf, RecordingTask } from '../support/recordingTask';

jest.setTimeout(120_000);

const dataset = contentsPath('ds');
const names = Array.from({ length: 30 }, (_, at) => `t${at}.txt`);

/** What the words on a failure tell to do, done. */
describe('what is told to mend damage mends it', () => {
  const place = useReadingAndJobs();
  let root: string;
  let texts: Record<string, string>;

  beforeAll(async () => {
    // Nothing alike in them: each is whole in a pack.
    texts = Object.fromEntries(names.map(name => [name, randomBytes(3_000).toString('base64')]));
    root = await place.workspace.dataset({
      path: 'ds',
      files: texts,
      annexed: { 'a.bin': 5_000 },
      clone: true
    });
  });

  const save = async (message: string, task = new RecordingTask()): Promise<void> =>
    await place.jobs.handlers.save({ dataset, message }, task);
  const isSound = async (name: string): Promise<boolean> =>
    await place.workspace.git(['cat-file', 'blob', `HEAD:${name}`], root).then(
      () => true,
      () => false
    );

  it('annexed content that was cut off: the check takes it away, and a get brings it again', async () => {
    const file = contentsPath('ds/a.bin');
    const content = await realpath(join(root, 'a.bin'));
    await chmod(content, 0o644);
    await truncate(content, 100);
    expect(await place.reading.row('ds/a.bin')).toMatchObject({ here: 'yes', damaged: true });
    const check = place.jobs.handlers.fsck({ dataset, paths: [file] }, new RecordingTask());
    expect(await failureOf(check)).toMatchObject({ kind: 'damaged-content', hint: 'Get the file again.' });
    expect(await readdir(join(root, '.git/annex/bad'))).toHaveLength(1);
    await place.jobs.handlers.get({ dataset, paths: [file] }, new RecordingTask());
    expect(await readFile(join(root, 'a.bin'))).toEqual(bytesFor('a.bin', 5_000));
    await place.workspace.annex(['fsck', '-q'], root);
  });

  it('a pack: the objects of a sibling, beside it, are taken in its stead', async () => {
    const { workspace } = place;
    await workspace.git(['repack', '-adq'], root);
    const packs = join(root, '.git/objects/pack');
    const pack = (await readdir(packs)).find(name => name.endsWith('.pack')) ?? '';
    await chmod(join(packs, pack), 0o644);
    const first = 't7.txt';
    const id = (await workspace.git(['rev-parse', `HEAD:${first}`], root)).trim();
    const listed = await workspace.git(['verify-pack', '-v', join(packs, pack)], root);
    const [, offset] = new RegExp(`^${id} blob +\\d+ \\d+ (\\d+)$`, 'm').exec(listed) ?? [];
    const handle = await open(join(packs, pack), 'r+');
    await handle.write(Buffer.alloc(100), 0, 100, Number(offset) + 50);
    await handle.close();
    const sound = await Promise.all(names.map(isSound));
    expect(names.filter((_, at) => sound[at] !== true)).toEqual([first]);

    // What is damaged needs not be read to be deleted; nothing else stops a save.
    await rm(join(root, first));
    const task = new RecordingTask();
    await save('Without it', task);
    expect(task.notices).toMatchObject([{ kind: 'damaged-repository', parameters: { part: 'objects' } }]);
    expect(await workspace.git(['show', '--name-status', '--format=%s', 'HEAD'], root)).toBe(`Without it\n\nD\t${first}\n`);

    const other = join(workspace.base, 'other.git');
    await workspace.git(['clone', '-q', '--bare', '--no-local', join(workspace.sources, 'ds'), other]);
    for (const name of await readdir(join(other, 'objects/pack'))) {
      await copyFile(join(other, 'objects/pack', name), join(packs, name));
    }
    await workspace.git(['repack', '-adq'], root);
    await workspace.git(['fsck', '--no-dangling'], root);
    await workspace.annex(['fsck', '-q'], root);
    await workspace.git(['checkout', '-q', 'HEAD~1', '--', first], root);
    expect(await readFile(join(root, first), 'utf8')).toBe(texts[first]);
    await save('With it');
    expect(await workspace.git(['status', '--porcelain'], root)).toBe('');
  });
});
