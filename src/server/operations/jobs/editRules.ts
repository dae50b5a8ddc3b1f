import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { encodePath, fsPath } from '../../bytes';
import { readRulesText, requireRulesFile } from '../../dataset/rules/rulesFile';
import { afterEdit } from '../../dataset/rules/wanted';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { type IJobContext, requireDataset } from './context';

/**
 * Changes one line of a `.gitattributes`; nothing is saved, so that a discard takes it back. It is refused where the file is not what
 * the user saw. The new file takes the place of the old one in one step.
 */
export async function editRules(
  { boundary }: IJobContext,
  { dataset, file, fingerprint, edit }: ParsedJobInput<'editRules'>,
  task: ITask
): Promise<void> {
  const root = boundary.resolve(dataset);
  requireDataset(root);
  const path = boundary.resolve(file);
  requireRulesFile(path, root);
  const before = await readRulesText(path);
  requireSame(before.fingerprint, fingerprint);
  const content = encodePath(afterEdit(before.text, edit));
  const beside = join(dirname(path), `.gitattributes.${randomUUID()}~`);
  try {
    const opened = await open(fsPath(beside), 'wx', before.mode ?? 0o666);
    try {
      await opened.writeFile(content);
      await opened.sync();
    } finally {
      await opened.close();
    }
    requireSame((await readRulesText(path)).fingerprint, fingerprint);
    await rename(fsPath(beside), fsPath(path));
  } finally {
    await rm(fsPath(beside), { force: true });
  }
  task.result({ action: 'edit_rules', status: 'ok', path: boundary.toContents(path as AbsolutePath), type: 'file' });
}

function requireSame(now: string, seen: string): void {
  if (now !== seen) {
    fail('bad-request', 'The rules were changed meanwhile, in an editor or a terminal.', {
      hint: 'Look at them as they are now, then try again.'
    });
  }
}
