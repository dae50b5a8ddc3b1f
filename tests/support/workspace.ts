import { existsSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { toolEnvironment } from '../../src/server/process/environment';
import { run } from '../../src/server/process/run';
import { type IDatasetSpec, makeDataset } from './makeDataset';

const VENV = resolve(__dirname, '../../.venv/bin');

/** A temporary folder with a contents root, a home with a git identity, and real tools that see nothing of the user's own set-up. */
export class Workspace {
  /** Real path of the contents root: the folder JupyterLab would show. */
  readonly root: string;
  /** Datasets that are cloned from live here, outside the contents root. */
  readonly sources: string;
  readonly home: string;
  /** The allow-listed environment of the server, with this workspace's home. */
  readonly env: Record<string, string>;

  constructor(readonly base: string) {
    this.root = join(base, 'contents');
    this.sources = join(base, 'sources');
    this.home = join(base, 'home');
    const path = [...(existsSync(VENV) ? [VENV] : []), process.env['PATH'] ?? ''].join(delimiter);
    this.env = toolEnvironment({ PATH: path, HOME: this.home, LANG: 'C.UTF-8', GIT_CONFIG_NOSYSTEM: '1' }, undefined);
  }

  /** Absolute path of something below the contents root. */
  path(...names: string[]): string {
    return join(this.root, ...names);
  }

  /** Makes a dataset with real git and git-annex and returns its absolute path. */
  dataset(spec: IDatasetSpec = {}): Promise<string> {
    return makeDataset(this, spec);
  }

  /** Writes files below the contents root, with the folders around them. */
  async write(files: Record<string, string | Uint8Array>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(resolve(this.root, name, '..'), { recursive: true });
      await writeFile(join(this.root, name), content);
    }
  }

  /** Runs a program and returns what it printed; a failing one fails the test with its error output. */
  async run(program: string, args: readonly string[], cwd = this.root): Promise<string> {
    const { stdout, stderr, code } = await run(program, args, { cwd, env: this.env, timeout: 100_000 });
    if (code !== 0) {
      throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${stderr}\n${stdout.toString()}`);
    }
    return stdout.toString();
  }

  git(args: readonly string[], cwd?: string): Promise<string> {
    return this.run('git', args, cwd);
  }

  annex(args: readonly string[], cwd?: string): Promise<string> {
    return this.run('git', ['annex', ...args], cwd);
  }

  /** The command line; 1 to 3 seconds each, so ask for much at once. */
  datalad(args: readonly string[], cwd?: string): Promise<string> {
    return this.run('datalad', args, cwd);
  }

  /** Records of a command that prints one JSON object per line; other lines are passed over. */
  async records(program: string, args: readonly string[], cwd?: string): Promise<Record<string, unknown>[]> {
    const text = await this.run(program, args, cwd);
    return text
      .split('\n')
      .filter(line => line.startsWith('{'))
      .map(line => JSON.parse(line) as Record<string, unknown>);
  }

  /** Deletes everything. */
  async dispose(): Promise<void> {
    await this.remove(this.base);
  }

  /** Deletes a folder; git-annex write-protects content, hence the chmod for users other than root. */
  async remove(folder: string): Promise<void> {
    await run('chmod', ['-R', 'u+rwX', folder], { cwd: tmpdir(), env: this.env, timeout: 60_000 });
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Makes an empty workspace; `dispose` it after the tests. */
export async function makeWorkspace(): Promise<Workspace> {
  const workspace = new Workspace(realpathSync(await mkdtemp(join(tmpdir(), 'datalad-test-'))));
  await Promise.all([workspace.root, workspace.sources, workspace.home].map(folder => mkdir(folder)));
  await writeFile(
    join(workspace.home, '.gitconfig'),
    ['[user]', 'name = Test Person', 'email = test@example.org', '[init]', 'defaultBranch = main', ''].join('\n') +
      ['[protocol "file"]', 'allow = always', ''].join('\n')
  );
  return workspace;
}
