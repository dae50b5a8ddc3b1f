import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolEnvironment } from '../../process/environment';
import { run } from '../../process/run';
import { rememberRegistration } from './registration';

const OURS = '[submodule "sub"]\n\tpath = sub\n\turl = ./sub\n';
const OTHER = '[submodule "other"]\n\tpath = other\n\turl = ./other\n';

describe('a registration that is undone', () => {
  let dataset: string;
  let env: Record<string, string>;
  const git = async (...args: string[]): Promise<string> =>
    (await run('git', args, { cwd: dataset, env, timeout: 20_000 })).stdout.toString();

  beforeEach(async () => {
    dataset = await mkdtemp(join(tmpdir(), 'registration-'));
    const who = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'a@b.c', GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'a@b.c' };
    env = { ...toolEnvironment(process.env, undefined), ...who, HOME: dataset };
    await git('init', '--quiet');
    await git('commit', '--quiet', '--allow-empty', '--message', 'start');
  });

  afterEach(() => rm(dataset, { recursive: true }));

  it('leaves nothing behind', async () => {
    const undo = await rememberRegistration(dataset, { path: join(dataset, 'sub'), env });
    await writeFile(join(dataset, '.gitmodules'), OURS);
    await git('add', '.gitmodules');
    expect(await undo()).toBe(true);
    expect(await readdir(dataset)).toEqual(['.git']);
    expect(await git('status', '--porcelain')).toBe('');
  });

  it('leaves those of others, earlier and later ones', async () => {
    await writeFile(join(dataset, '.gitmodules'), OTHER);
    const undo = await rememberRegistration(dataset, { path: join(dataset, 'sub'), env });
    const later = OTHER.replaceAll('other', 'later');
    await writeFile(join(dataset, '.gitmodules'), OTHER + OURS + later);
    expect(await undo()).toBe(true);
    expect(await readFile(join(dataset, '.gitmodules'), 'utf8')).toBe(OTHER + later);
  });
});
