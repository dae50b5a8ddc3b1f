import { lstat, readlink, unlink } from 'node:fs/promises';
import type { ParsedJobInput } from '../../../protocol/contract';
import type { Failure } from '../../../protocol/failure';
import { keyOfLink } from '../../annex/pointer';
import { decodePath, displayName, fsPath } from '../../bytes';
import { judge } from '../../datalad/execute';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import { type IJobContext, resolveExisting } from './context';
import { annexedKeys, entriesAt } from './indexEntries';
import { Ledger } from './withoutDatalad/ledger';

const NOTHING: Failure = { kind: 'not-found', message: 'There was nothing to delete.' };

/**
 * Deletes locked annexed files from the folder, as `rm` does: what Jupyter itself cannot do, since it may not write to one that is here
 * and does not see one that is not. Nothing is saved: the content stays in the annex, and a discard brings the file back. Hence only
 * files that the last save has.
 */
export async function deleteFiles(context: IJobContext, input: ParsedJobInput<'deleteFiles'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const dataset = boundary.resolve(input.dataset);
  const paths = resolveExisting(boundary, input.paths, dataset);
  const workTree = await WorkTree.open(dataset, { env, signal: task.signal });
  const names = paths.map(path => path.slice(dataset.length + 1));
  const staged = new Set(await workTree.staged());
  const keys = await annexedKeys(await entriesAt(workTree.git, names, task.signal), workTree.git, task.signal);
  const ledger = new Ledger(boundary, task);
  for (const [at, path] of paths.entries()) {
    const name = names[at] ?? '';
    const key = await linkedKey(path);
    const entry = { action: 'delete', path, type: 'file' as const, ...(key === null ? {} : { key }) };
    if (key === null || key !== keys.get(name) || staged.has(name)) {
      ledger.refused(entry, notSaved(name));
    } else {
      await unlink(fsPath(path));
      ledger.done(entry);
    }
  }
  judge(ledger.outcome(), NOTHING);
}

async function linkedKey(path: string): Promise<string | null> {
  const stats = await lstat(fsPath(path));
  return stats.isSymbolicLink() ? keyOfLink(decodePath(await readlink(fsPath(path), { encoding: 'buffer' }))) : null;
}

function notSaved(name: string): Failure {
  return {
    kind: 'unsaved-changes',
    message: 'It is no locked annexed file of the last save, so that it could not be brought back.',
    hint: 'Save it first, or discard the change.',
    parameters: { path: displayName(name) }
  };
}
