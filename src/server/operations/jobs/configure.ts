import { lstat, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commandOf } from '../../../protocol/command';
import type { ParsedJobInput } from '../../../protocol/contract';
import { FailureError, fail } from '../../../protocol/failure';
import { fsPath } from '../../bytes';
import { failureOf } from '../../datalad/failures';
import { BRANCH_CONFIG } from '../../dataset/branchConfig';
import type { ITask } from '../../handlers';
import { run } from '../../process/run';
import { Redactor } from '../../redact';
import { SECRET_KEY } from '../calls/settings';
import { type IJobContext, requireDataset, resolvePath } from './context';

/**
 * Adds, replaces or removes one value of a setting, in the file that travels with the dataset or in git's own of this clone. All other values
 * stay, those of the same key too; nothing is saved.
 */
export async function configure(context: IJobContext, input: ParsedJobInput<'configure'>, task: ITask): Promise<void> {
  const dataset = resolvePath(context.boundary, input.dataset);
  requireDataset(dataset);
  const { key, value, scope } = input;
  if (value !== undefined && (SECRET_KEY.test(key) || new Redactor().text(value) !== value)) {
    fail('bad-request', 'This looks like a password or a token. It would be readable for whoever has the dataset.', {
      hint: 'Let DataLad ask for it: it keeps credentials in the keyring of your account.'
    });
  }
  if (scope === 'local' && !key.startsWith('datalad.')) {
    fail('bad-request', 'Only settings of DataLad are set here for one clone.', { hint: 'Use "git config" in a terminal.' });
  }
  if (scope === 'branch') {
    await requirePlainFile(dataset, value !== undefined);
  }
  const [program = 'git', ...args] = commandOf('configure', input);
  const { code, stderr } = await run(program, args, { cwd: dataset, env: context.env, timeout: 10_000, signal: task.signal });
  if (code === 5) {
    fail('changed-since', 'This value is not set any more.');
  }
  if (code !== 0) {
    throw new FailureError(failureOf(stderr));
  }
}

/** Git would write through a link, which may lead anywhere, or into the stored content of an annexed file. */
export async function requirePlainFile(dataset: string, mayMake: boolean): Promise<void> {
  const file = join(dataset, BRANCH_CONFIG);
  const [folder, stats] = await Promise.all([dirname(file), file].map(path => lstat(fsPath(path)).catch(() => null)));
  if ((folder !== null && folder?.isDirectory() !== true) || (stats !== null && stats?.isFile() !== true)) {
    fail('bad-request', `${BRANCH_CONFIG} is a link or a folder.`, { hint: 'Unlock it, or put a file of text in its place.' });
  }
  if (folder === null && mayMake) {
    await mkdir(fsPath(dirname(file)));
  }
}
