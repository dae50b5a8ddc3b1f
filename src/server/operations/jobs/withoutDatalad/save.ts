import { join } from 'node:path';
import type { ParsedJobInput } from '../../../../protocol/contract';
import type { IOutcome } from '../../../datalad/execute';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import type { WorkTree } from '../../../dataset/workTree';
import { commitStaged } from './commit';
import { Ledger, unsafeName } from './ledger';
import { addFiles, forget } from './stage';
import { readWork } from './work';

interface IRequest {
  readonly workTree: WorkTree;
  /** Absolute; null for everything. */
  readonly paths: readonly string[] | null;
  readonly input: ParsedJobInput<'save'>;
}

/**
 * Saves without DataLad, which takes all files for deleted when the name of one is no UTF-8: git-annex and git decide on each file as they
 * do under DataLad, and one commit holds exactly what was asked for. Subdatasets are recorded as they stand, never saved.
 */
export async function saveByGit(
  context: IJobContext,
  { workTree, paths, input }: IRequest,
  task: ITask
): Promise<{ outcome: IOutcome; saved: Set<string> }> {
  const { env, boundary } = context;
  const ledger = new Ledger(boundary, task);
  const tools = { workTree, env, signal: task.signal };
  const at = (name: string): string => join(workTree.folder, name);
  const dataset = { action: 'save', path: workTree.folder, type: 'dataset' } as const;
  const work = await readWork(tools, paths?.map(path => path.slice(workTree.folder.length + 1)) ?? ['']);
  for (const name of work.repositories) {
    ledger.refused(
      { action: 'add', path: at(name), type: 'dataset' },
      unsafeName(at(name), 'DataLad cannot register this dataset')
    );
  }
  await forget(tools, work.deleted);
  const refused = await addFiles(tools, work.changed, input.toGit === true);
  const staged = new Set(await workTree.staged());
  const saved = new Set([...work.staged, ...work.deleted, ...work.changed].filter(name => staged.has(name)));
  const gone = new Set(work.deleted);
  for (const name of saved) {
    ledger.done({ action: gone.has(name) ? 'delete' : 'add', path: at(name), type: 'file' });
  }
  for (const [name, failure] of refused) {
    if (!saved.has(name)) {
      ledger.refused({ action: 'add', path: at(name), type: 'file' }, failure);
    }
  }
  if (saved.size > 0 || (input.amend === true && input.message !== '')) {
    await commitStaged(tools, { names: saved, others: [...staged].some(name => !saved.has(name)), ...input });
    ledger.done(dataset);
  } else {
    ledger.done(dataset, 'notneeded');
  }
  return { outcome: ledger.outcome(), saved };
}
