import type { ParsedJobInput } from '../../../../protocol/contract';
import { expectedFailure, type Failure } from '../../../../protocol/failure';
import { relative as typedPath } from '../../../../protocol/command/typedPaths';
import { execute, type IOutcome, judge } from '../../../datalad/execute';
import type { IDataladCall } from '../../../datalad/messages';
import type { ITask } from '../../../handlers';
import { WorkTree } from '../../../dataset/workTree';
import { countingResults, withSignal } from '../../../quietTask';
import { type ILooked, lookAtTable } from '../../urlTables/look';
import type { IJobContext } from '../context';
import { refuseUnfinished } from '../save';
import { tellCommits } from '../tellCommits';
import { requireRows } from '../../urlTables/requireRows';
import { tableRemarks } from './remarks';

/** Milliseconds for what is still to be done after a cancel. */
const PATIENCE = 600_000;
const NOTHING: Failure = { kind: 'unknown', message: 'DataLad did not say what became of the table.' };

/**
 * Downloads what the rows of a table name, and saves what came in one commit, with its addresses as sources, also where other rows failed,
 * or where it was cancelled: tried again, it would skip what is there, and leave it unsaved.
 * DataLad is handed the rows as they were looked at, not the table: its formats are Python's, which lead into whatever they name, and it
 * saves the whole dataset after it. What is there is never touched.
 */
export async function addUrls(context: IJobContext, input: ParsedJobInput<'addUrls'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const { signal } = task;
  const looked = await lookAtTable(input, { boundary, env, signal });
  requireRows(looked, input.ifExists ?? 'error');
  const { dataset, workTree } = looked;
  await refuseUnfinished(workTree);
  const before = await workTree.head();
  const came: string[] = [];
  try {
    try {
      judge(await download(context, looked, { task, came }), NOTHING);
    } finally {
      if (came.length > 0) {
        const message = input.message ?? messageOf(input, came.length);
        await saveCame(context, { command: 'save', dataset, arguments: { path: came, message, jobs: 0 } }, task);
      }
    }
  } finally {
    const anew = { env, signal: AbortSignal.timeout(PATIENCE) };
    await tellCommits(await WorkTree.open(dataset, anew), before, { dataset: input.dataset, task });
  }
  for (const remark of await tableRemarks({ dataset, files: came, boundary, env, signal })) {
    task.notice(remark);
  }
}

/** What DataLad calls a row that it is done with: where git-annex added the file, and where it did not. */
const ACTIONS = ['addurl', 'addurls'];

/** Absolute paths of what came are put into `came` as they come. */
function download(
  { runPool, boundary }: IJobContext,
  { dataset, rows }: ILooked,
  { task, came }: { task: ITask; came: string[] }
): Promise<IOutcome> {
  const options = {
    urlfile: rows.map(({ url, file }) => ({ url, file })),
    urlformat: '{url}',
    filenameformat: '{file}',
    exclude_autometa: '*',
    // Also what has come there since it was looked at.
    ifexists: 'skip',
    save: false
  };
  // Not where paths are taken literally: there git tells git-annex of no file whether it is ignored, and every one fails.
  const workers = { pool: runPool, boundary };
  const counting = countingResults(task, ({ action }) => ACTIONS.includes(action), rows.length);
  return execute(workers, { command: 'addurls', dataset, arguments: options }, counting, ({ action, status, type, path }) => {
    if (action === 'addurl' && status === 'ok' && type === 'file') {
      came.push(path);
    }
  });
}

/** After a cancel by a signal of its own; what went wrong then is told beside it. */
async function saveCame(context: IJobContext, call: IDataladCall, task: ITask): Promise<void> {
  const { aborted } = task.signal;
  const saving = aborted ? withSignal(task, AbortSignal.timeout(PATIENCE)) : task;
  try {
    judge(await execute(context, call, saving), NOTHING);
  } catch (error) {
    if (!aborted) {
      throw error;
    }
    task.notice(expectedFailure(error));
  }
}

/** DataLad's own message, with the table that it would name. */
function messageOf({ dataset, table, urlFormat, fileFormat }: ParsedJobInput<'addUrls'>, files: number): string {
  return [
    `[DATALAD] add ${files} files to 1 (sub)datasets from URLs`,
    '',
    `url_file='${typedPath(table, dataset)}'`,
    `url_format='${urlFormat}'`,
    `filename_format='${fileFormat}'`
  ].join('\n');
}
