import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PathWatch } from './pathWatch';

describe('a watch of a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'watch-test-')), 'folder');
    await mkdir(folder);
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  /** A watch, and a way to wait for its next news. */
  async function open(): Promise<{ watch: PathWatch; next(): Promise<string | null> }> {
    let hear: (name: string | null) => void = () => undefined;
    const watch = await PathWatch.open(folder, name => hear(name));
    if (watch === null) {
      throw new Error('not watched');
    }
    return { watch, next: () => new Promise(resolve => (hear = resolve)) };
  }

  it('names what came', async () => {
    const { watch, next } = await open();
    const heard = next();
    await writeFile(join(folder, 'new'), 'x');
    expect(await heard).toBe('new');
    watch.close();
    expect(watch.isEnded).toBe(true);
  });

  it('knows that its folder was made anew', async () => {
    const { watch, next } = await open();
    expect(await watch.isCurrent()).toBe(true);
    const heard = next();
    await rm(folder, { recursive: true });
    await mkdir(folder);
    await heard;
    expect(await watch.isCurrent()).toBe(false);
    watch.close();
  });

  it('is none where there is no folder', async () => {
    await writeFile(join(folder, 'file'), 'x');
    expect(await PathWatch.open(join(folder, 'none'), () => undefined)).toBeNull();
    expect(await PathWatch.open(join(folder, 'file'), () => undefined)).toBeNull();
  });
});
