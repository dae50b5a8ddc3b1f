import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { freePort } from './freePort';
import { exchange, type IAnswer } from './http';
import { descendants } from './processes';
import { ServerClient } from './serverClient';
import { until } from './until';
import type { Workspace } from './workspace';

const PROJECT = resolve(__dirname, '../..');
/** On a busy machine the start takes half a minute. */
const STARTING = 90_000;
const TOKEN = 'a-token-for-tests';

export interface IJupyterOptions {
  /** Where the hub puts a user's server. Default `/`. */
  baseUrl?: string;
  /** More settings, as on the command line: `ServerApp.name` → value. */
  settings?: Record<string, string>;
  /** More environment, on top of the workspace's. */
  env?: Record<string, string>;
}

/** A real JupyterLab server on a free port, with this extension from the source tree, and a user who is logged in. */
export class JupyterServer extends ServerClient {
  private constructor(
    private readonly child: ReturnType<typeof launch>,
    private readonly port: number,
    readonly baseUrl: string,
    readonly output: () => string
  ) {
    super({ host: '127.0.0.1', port }, `${baseUrl}datalad/`);
  }

  /** Cookie and XSRF header of a browser that logged in. */
  browser: Record<string, string> = {};
  readonly token = TOKEN;

  static async start(workspace: Workspace, options: IJupyterOptions = {}): Promise<JupyterServer> {
    const port = await freePort();
    const { baseUrl = '/' } = options;
    const settings = {
      'ServerApp.base_url': baseUrl,
      'ServerApp.root_dir': workspace.root,
      'ServerApp.port': String(port),
      'ServerApp.port_retries': '0',
      'ServerApp.ip': '127.0.0.1',
      'ServerApp.open_browser': 'False',
      'IdentityProvider.token': TOKEN,
      ...options.settings
    };
    const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
    const child = launch(workspace, args, { ...(await jupyterFolders(workspace)), ...options.env });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const server = new JupyterServer(child, port, baseUrl, () => output);
    try {
      await server.ready();
    } catch (error) {
      // Nobody else could end it, and Jest would wait for it for ever.
      await server.stop('SIGKILL');
      throw error;
    }
    return server;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Process id of the Node server; undefined while none runs. */
  get node(): number | undefined {
    return descendants(this.pid).find(({ command }) => command.some(word => word.endsWith('server/main.js')))?.pid;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  protected override get identity(): Record<string, string> {
    return { Host: this.host, ...this.browser };
  }

  /** Ends it as a signal does, and waits until it is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.child.kill(signal);
    await this.child;
  }

  private async ready(): Promise<void> {
    let over = false;
    void this.child.then(() => (over = true));
    await until(
      'JupyterLab',
      async () => {
        if (over) {
          throw new Error(`JupyterLab ended\n${this.output()}`);
        }
        return exchange(this.address, { path: `${this.baseUrl}api`, headers: { Host: this.host } }).then(
          ({ status }) => status === 200,
          () => false
        );
      },
      STARTING
    );
    const login = await exchange(this.address, { path: `${this.baseUrl}lab?token=${TOKEN}`, headers: { Host: this.host } });
    const page = await exchange(this.address, {
      path: `${this.baseUrl}login`,
      headers: { Host: this.host, Cookie: cookies(login) }
    });
    const cookie = [cookies(login), cookies(page)].filter(Boolean).join('; ');
    this.browser = { Cookie: cookie, 'X-XSRFToken': /_xsrf=([^;]+)/.exec(cookie)?.[1] ?? '' };
  }
}

/** `cleanup`: it ends with the tests, however they end. */
function launch(workspace: Workspace, args: readonly string[], env: Record<string, string>) {
  const python = join(workspace.env['PATH']?.split(':')[0] ?? '', 'python');
  return execa(python, ['-m', 'jupyterlab', '--allow-root', '--core-mode', ...args], {
    cwd: workspace.base,
    env: { ...workspace.env, ...env },
    extendEnv: false,
    buffer: false,
    reject: false,
    cleanup: true,
    stdin: 'ignore'
  });
}

function cookies({ headers }: IAnswer): string {
  return (headers['set-cookie'] ?? []).map(cookie => cookie.split(';')[0]).join('; ');
}

/** Folders of Jupyter for this workspace alone, with the configuration that switches the extension on. */
async function jupyterFolders(workspace: Workspace): Promise<Record<string, string>> {
  const config = join(workspace.base, 'jupyter');
  const target = join(config, 'jupyter_server_config.d');
  if (!existsSync(target)) {
    await mkdir(config, { recursive: true });
    await cp(join(PROJECT, 'jupyter-config/server-config'), target, { recursive: true });
  }
  return {
    PYTHONPATH: PROJECT,
    JUPYTER_CONFIG_PATH: config,
    JUPYTER_CONFIG_DIR: join(workspace.base, 'jupyter-user'),
    JUPYTER_RUNTIME_DIR: join(workspace.base, 'jupyter-runtime'),
    JUPYTER_DATA_DIR: join(workspace.base, 'jupyter-data')
  };
}
