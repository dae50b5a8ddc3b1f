import { execa } from 'execa';
import { type IRunResult, run } from '../../src/server/process/run';

/**
 * File systems that only this test sees: small ones, full ones, read-only ones. It takes no more rights than any user has where the
 * kernel lets users make namespaces of their own.
 */
export class PrivateMounts {
  private constructor(
    private readonly holder: ReturnType<typeof hold>,
    private readonly env: Record<string, string>
  ) {}

  /** Runs a shell script as the root of a new namespace, and keeps what it mounted; fails where that cannot be done. */
  static async open(script: string, env: Record<string, string>): Promise<PrivateMounts> {
    const holder = hold(script, env);
    let said = '';
    const ready = new Promise<boolean>(resolve => {
      holder.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('mounted\n')) {
          resolve(true);
        }
      });
      void holder.then(() => resolve(false));
    });
    holder.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    if (!(await ready)) {
      throw new Error(`Full and read-only disks cannot be tested, since this system does not let us mount them:\n${said}`);
    }
    return new PrivateMounts(holder, env);
  }

  /** What stands before a command that is to see the mounts. */
  get prefix(): string[] {
    return ['nsenter', '--preserve-credentials', '--user', '--mount', '--target', String(this.holder.pid ?? 0), '--'];
  }

  /** Runs a shell script among the mounts; fails when it does, unless told that it may. */
  async run(script: string, mayFail = false): Promise<IRunResult> {
    const [program = '', ...args] = [...this.prefix, 'sh', '-c', script];
    const result = await run(program, args, { cwd: '/', env: this.env, timeout: 60_000 });
    if (result.code !== 0 && !mayFail) {
      throw new Error(`${script}\n${result.stderr}`);
    }
    return result;
  }

  /** The mounts go with the last process that sees them. */
  async close(): Promise<void> {
    this.holder.kill('SIGKILL');
    await this.holder;
  }
}

function hold(script: string, env: Record<string, string>) {
  const held = `set -e\n${script}\necho mounted\nexec sleep 100000`;
  return execa('unshare', ['--user', '--map-root-user', '--mount', '--propagation=private', 'sh', '-c', held], {
    env,
    extendEnv: false,
    reject: false,
    buffer: false,
    stdin: 'ignore',
    stderr: 'pipe',
    cleanup: true
  });
}
