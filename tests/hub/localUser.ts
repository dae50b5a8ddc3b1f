import { readdirSync, readFileSync } from 'node:fs';
import { execa } from 'execa';
import { until } from '../support/until';

/** A user of this machine, made for the test; only root can make one. */
export class LocalUser {
  private constructor(
    readonly name: string,
    readonly uid: number,
    readonly home: string
  ) {}

  static async make(name: string): Promise<LocalUser> {
    await execa('useradd', ['--create-home', '--shell', '/bin/bash', name]);
    const { stdout } = await execa('getent', ['passwd', name]);
    const [, , uid, , , home] = stdout.split(':');
    await execa('chmod', ['0700', String(home)]);
    return new LocalUser(name, Number(uid), String(home));
  }

  /** Runs a command as this user, in the user's home; never rejects. */
  run(command: readonly string[], path = '/usr/bin:/bin') {
    const env = { HOME: this.home, USER: this.name, PATH: path, LANG: 'C.UTF-8' };
    const as = [`--reuid=${this.uid}`, `--regid=${this.uid}`, '--clear-groups', '--no-new-privs'];
    return execa('setpriv', [...as, ...command], { cwd: this.home, env, extendEnv: false, reject: false, stdin: 'ignore' });
  }

  /** Ids of the user's processes that are no zombies. */
  processes(): number[] {
    return readdirSync('/proc')
      .filter(name => /^\d+$/u.test(name))
      .map(Number)
      .filter(pid => statusOf(pid).uid === this.uid);
  }

  /** Ends what the user still runs, and removes user and home. */
  async remove(): Promise<void> {
    for (const pid of this.processes()) {
      process.kill(pid, 'SIGKILL');
    }
    await until(`the end of the processes of ${this.name}`, () => this.processes().length === 0);
    await execa('userdel', ['--remove', this.name], { reject: false });
  }
}

/** Who runs a process; zombies and processes that have ended belong to nobody. */
export function statusOf(pid: number): { uid: number | null } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const uid = /^Uid:\t(\d+)/mu.exec(status)?.[1];
    return { uid: uid === undefined || /^State:\tZ/mu.test(status) ? null : Number(uid) };
  } catch {
    return { uid: null };
  }
}
