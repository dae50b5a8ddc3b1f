import type { ParsedJobInput } from '../../../protocol/contract';
import { fail, type Failure } from '../../../protocol/failure';
import { execute, judge } from '../../datalad/execute';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import { lookThrough, requirePlaces } from '../archives/look';
import type { IJobContext } from './context';
import { tellCommits } from './tellCommits';

/** What git takes for a pattern in a path. */
const PATTERN = /[*?[\\]/u;

const NOTHING: Failure = { kind: 'unknown', message: 'DataLad did not say what became of the archive.' };

/**
 * Unpacks an annexed archive and saves what was in it, with the archive as a place to get each file from. All is looked at before: DataLad
 * would stop halfway where something is in the way, and its tools write what leads out of the folder somewhere else without a word.
 */
export async function addArchiveContent(
  context: IJobContext,
  input: ParsedJobInput<'addArchiveContent'>,
  task: ITask
): Promise<void> {
  const { boundary, env, python, runPool } = context;
  const { signal } = task;
  const { ownFolder = false, strip = false, overwrite = false, remove = false } = input;
  const looked = await lookThrough(input, { boundary, env, python, signal });
  const { dataset, archive } = looked;
  const workTree = await WorkTree.open(dataset, { env, signal });
  if (workTree.unfinished() !== null || (await workTree.hasConflicts())) {
    fail('merge-in-progress', 'A merge is not finished.', { hint: 'Finish it first.' });
  }
  if (remove && PATTERN.test(archive)) {
    fail('unsafe-name', 'Git takes the name of this archive for a pattern, so others could be removed with it.', {
      hint: 'Keep the archive, or rename it first.',
      parameters: { path: input.archive }
    });
  }
  await requirePlaces(looked, { ownFolder, strip, overwrite });
  const before = await workTree.head();
  try {
    const options = {
      archive,
      add_archive_leading_dir: ownFolder,
      strip_leading_dirs: strip,
      delete: remove,
      existing: overwrite ? 'overwrite' : 'fail'
    };
    // Not where paths are taken literally: there git tells git-annex of no file whether it is ignored, and every one fails.
    const workers = { pool: runPool, boundary };
    judge(await execute(workers, { command: 'add_archive_content', dataset, arguments: options }, task), NOTHING);
  } finally {
    await tellCommits(workTree, before, { dataset: input.dataset, task });
  }
}
