import { tmpdir } from 'node:os';
import { fail } from '../../../protocol/failure';
import { isSomebody, type Person } from '../../../protocol/identity';
import { displayName } from '../../bytes';
import { parseEntries } from '../../git/config';
import { run } from '../../process/run';

export interface IIdentityOptions {
  /** A dataset; null where the user's own configuration alone counts. */
  readonly folder: string | null;
  readonly env: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Who commits would be made by, from git's configuration alone: git's guess from user and machine names does not count. */
export async function readIdentity({ folder, env, signal }: IIdentityOptions): Promise<Person> {
  const result = await run('git', ['config', '-z', '--get-regexp', '^user\\.(name|email)$'], {
    cwd: folder ?? tmpdir(),
    env,
    timeout: 10_000,
    maxOutput: 1024 * 1024,
    signal
  });
  // 1: no such key. Others: a configuration that cannot be read, or a folder of somebody else.
  if (result.code !== 0 && result.code !== 1) {
    fail('unknown', 'Git cannot read its configuration here.', { detail: result.stderr });
  }
  const values = new Map(parseEntries(result.stdout));
  const valueOf = (key: string): string | null => displayName(values.get(key) ?? '') || null;
  return { name: valueOf('user.name'), email: valueOf('user.email') };
}

/** Fails where a commit would be made by nobody, or by somebody who was made up: DataLad would do so, with exit code 0. */
export async function requireIdentity(options: IIdentityOptions): Promise<void> {
  if (!isSomebody(await readIdentity(options))) {
    fail('no-identity', 'Git does not know your name and e-mail address.', { hint: 'Set a name and an e-mail address.' });
  }
}
