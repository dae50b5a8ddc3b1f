import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { removeFolder } from './template';
import { environmentOf, type Variant } from './variants';

const STARTING = 60_000;

export interface IJupyterOptions {
  variant: Variant;
  /** More arguments of the server. */
  args?: string[];
  /** Without Galata's configuration: token and XSRF check are as a user has them. */
  asUsersHaveIt?: boolean;
}

/** A JupyterLab (or Notebook) of an environment with the wheel, with home and contents root of its own. */
export class Jupyter {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly folder: string,
    private readonly output: string[]
  ) {}

  /** The contents root. */
  get root(): string {
    return join(this.folder, 'root');
  }

  get home(): string {
    return join(this.folder, 'home');
  }

  /** What the server has said so far. */
  get log(): string {
    return this.output.join('');
  }

  static async start({ variant, args = [], asUsersHaveIt = false }: IJupyterOptions): Promise<Jupyter> {
    const folder = await mkdtemp(join(tmpdir(), 'datalad-ui-'));
    await mkdir(join(folder, 'root'));
    await mkdir(join(folder, 'home'));
    await writeFile(join(folder, 'home', '.gitconfig'), '[user]\n\tname = Ada\n\temail = ada@example.org\n');
    const port = await freePort();
    const program = variant === 'notebook' ? 'notebook' : 'jupyterlab';
    const config = asUsersHaveIt ? [] : ['--config', resolve(__dirname, '../jupyter_server_test_config.py')];
    const settings = [
      `--ServerApp.port=${port}`,
      `--ServerApp.root_dir=${join(folder, 'root')}`,
      '--ServerApp.open_browser=False'
    ];
    // Not the environment's own bin folder first: nobody who installs with pip and starts JupyterLab by path has that.
    const child = spawn(
      join(environmentOf(variant), 'bin', 'python'),
      ['-m', program, '--allow-root', ...config, ...settings, ...args],
      {
        cwd: folder,
        env: environmentFor(folder),
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true
      }
    );
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const jupyter = new Jupyter(child, `http://localhost:${port}`, folder, output);
    await jupyter.ready();
    return jupyter;
  }

  private async ready(): Promise<void> {
    const end = Date.now() + STARTING;
    for (;;) {
      const answer = await fetch(`${this.url}/api`).catch(() => null);
      if (answer?.ok) {
        return;
      }
      if (this.child.exitCode !== null || Date.now() > end) {
        throw new Error(`Jupyter did not start:\n${this.log}`);
      }
      await pause(100);
    }
  }

  /** Ends the server and removes its folders. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const closed = new Promise(resolve => this.child.once('close', resolve));
      this.child.kill('SIGTERM');
      await closed;
    }
    await removeFolder(this.folder);
  }
}

/** The variables a login shell has, and nothing of the developer's own Jupyter, git or DataLad. */
function environmentFor(folder: string): NodeJS.ProcessEnv {
  const home = join(folder, 'home');
  return {
    HOME: home,
    PATH: process.env.DATALAD_TEST_PATH ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    TMPDIR: tmpdir(),
    DATALAD_TEST_ROOT: join(folder, 'root'),
    DATALAD_TEST_HOME: home
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
