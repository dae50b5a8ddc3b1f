import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { ServerClient } from './serverClient';
import { until } from './until';
import type { Workspace } from './workspace';

const PROJECT = resolve(__dirname, '../..');

/** The Node server alone, without JupyterLab around it. */
export class NodeServer extends ServerClient {
  private constructor(
    private readonly child: ReturnType<typeof launch>,
    socketPath: string
  ) {
    super({ socketPath }, '/');
  }

  /** `prefix` stands before the command, such as one that enters a namespace. */
  static async start(
    workspace: Workspace,
    env: Record<string, string> = {},
    prefix: readonly string[] = []
  ): Promise<NodeServer> {
    const folder = join(workspace.base, 'server');
    await mkdir(folder, { recursive: true });
    const socket = join(folder, 'socket');
    const server = new NodeServer(launch(workspace, { socket, env, prefix }), socket);
    await until('the server', () =>
      server.call('health', {}).then(
        () => true,
        () => false
      )
    );
    return server;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when the process is gone. */
  get ended(): Promise<unknown> {
    return this.child;
  }

  /** Resolves with what it logged. */
  async stop(): Promise<string> {
    this.child.kill('SIGTERM');
    const { stdout, stderr } = await this.child;
    return stdout + stderr;
  }

  protected override get identity(): Record<string, string> {
    return { Host: 'localhost' };
  }
}

interface ILaunch {
  socket: string;
  env: Record<string, string>;
  prefix: readonly string[];
}

function launch(workspace: Workspace, { socket, env, prefix }: ILaunch) {
  const serve = ['python', '-m', 'jupyterlab_datalad', 'serve', '--root', workspace.root, '--socket', socket];
  const [program = '', ...args] = [...prefix, ...serve];
  return execa(program, args, {
    cwd: workspace.base,
    env: { ...workspace.env, PYTHONPATH: PROJECT, ...env },
    extendEnv: false,
    reject: false
  });
}
