import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../support/freePort';
import { exchange } from '../support/http';
import { descendants, isAlive } from '../support/processes';
import { until } from '../support/until';

const PROXY = resolve(__dirname, '../../node_modules/configurable-http-proxy/bin/configurable-http-proxy');

export interface IHubOptions {
  /** Virtual environment with JupyterHub and the wheel, which every user can read. */
  environment: string;
  users: readonly string[];
}

/** A JupyterHub as an admin sets it up on one machine: local users, and not a word about this extension. */
export class RealHub {
  private constructor(
    private readonly child: ChildProcess,
    readonly address: { host: string; port: number },
    private readonly folder: string,
    private readonly output: string[]
  ) {}

  static async start({ environment, users }: IHubOptions): Promise<RealHub> {
    const folder = await mkdtemp(join(tmpdir(), 'datalad-hub-'));
    const [port, hubPort, apiPort] = [await freePort(), await freePort(), await freePort()];
    await writeFile(join(folder, 'config.py'), config({ environment, users, folder, port, hubPort, apiPort }));
    // Not environment/bin on PATH: an admin starts the hub by path, too.
    const env = {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: folder,
      LANG: 'C.UTF-8',
      CONFIGPROXY_AUTH_TOKEN: randomBytes(32).toString('hex')
    };
    const child = spawn(join(environment, 'bin', 'jupyterhub'), ['-f', join(folder, 'config.py')], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe']
    });
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const hub = new RealHub(child, { host: '127.0.0.1', port }, folder, output);
    await hub.ready();
    return hub;
  }

  get log(): string {
    return this.output.join('');
  }

  private async ready(): Promise<void> {
    await until(
      'JupyterHub',
      async () => {
        if (this.child.exitCode !== null) {
          throw new Error(`JupyterHub ended:\n${this.log}`);
        }
        const { host, port } = this.address;
        return exchange(this.address, { path: '/hub/login', headers: { Host: `${host}:${port}` } }).then(
          ({ status }) => status === 200,
          () => false
        );
      },
      60_000
    );
  }

  /** Ends the hub, which ends its proxy and its users' servers; answers the processes that were left. */
  async stop(): Promise<number[]> {
    const started = descendants(this.child.pid ?? 0).map(({ pid }) => pid);
    const closed = new Promise(resolve => this.child.once('close', resolve));
    this.child.kill('SIGTERM');
    await closed;
    await until('the end of the hub’s processes', () => !started.some(isAlive), 20_000).catch(() => undefined);
    const left = started.filter(isAlive);
    for (const pid of left) {
      process.kill(pid, 'SIGKILL');
    }
    await rm(this.folder, { recursive: true, force: true });
    return left;
  }
}

interface IConfig extends IHubOptions {
  folder: string;
  port: number;
  hubPort: number;
  apiPort: number;
}

function config({ environment, users, folder, port, hubPort, apiPort }: IConfig): string {
  return `
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:${port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:${hubPort}"
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.cookie_secret_file = ${JSON.stringify(join(folder, 'cookie-secret'))}
c.JupyterHub.db_url = ${JSON.stringify(`sqlite:///${join(folder, 'hub.sqlite')}`)}
c.ConfigurableHTTPProxy.command = ${JSON.stringify([process.execPath, PROXY])}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:${apiPort}"
c.Authenticator.allowed_users = set(${JSON.stringify(users)})
c.Spawner.cmd = [${JSON.stringify(join(environment, 'bin', 'jupyterhub-singleuser'))}]
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
`;
}
