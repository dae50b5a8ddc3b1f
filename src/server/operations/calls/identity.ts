import type { CallOutput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { displayName } from '../../bytes';
import { parseEntries } from '../../git/config';
import { run } from '../../process/run';

export interface IIdentityOptions {
  /** A folder in the dataset, or any folder where the user's own configuration alone counts. */
  readonly folder: string;
  readonly env: Record<string, string>;
  /** The user as the hub or the machine calls them. */
  readonly user: string;
  readonly signal?: AbortSignal;
}

/** Who commits would be made by, from git's configuration alone: git's guess from user and machine names does not count. */
export async function readIdentity({ folder, env, user, signal }: IIdentityOptions): Promise<CallOutput<'identity'>> {
  const result = await run('git', ['config', '-z', '--get-regexp', '^user\\.(name|email)$'], {
    cwd: folder,
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
  return { name: valueOf('user.name'), email: valueOf('user.email'), suggestedName: user };
}
