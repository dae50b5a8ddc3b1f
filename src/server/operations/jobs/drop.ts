import type { ParsedJobInput } from '../../../protocol/contract';
import { type Failure, fail } from '../../../protocol/failure';
import type { Result } from '../../../protocol/result';
import { execute, type IOutcome, judge } from '../../datalad/execute';
import { isLost } from '../../datalad/lostNames';
import type { WorkerRecord } from '../../datalad/messages';
import type { ITask } from '../../handlers';
import { dropByKey } from './withoutDatalad/drop';
import { readParts } from './withoutDatalad/part';
import { type IJobContext, resolveExisting } from './context';
import { findDroppable, keysOfFiles } from './droppable';
import { withoutResults } from '../../quietTask';

const NOTHING: Failure = {
  kind: 'not-annexed',
  message: 'There was nothing to drop: DataLad found no annexed content here.',
  hint: 'Files that are kept in Git are always here.'
};

/**
 * Drops content after DataLad has checked that enough copies exist elsewhere; nothing overrides the check. Where DataLad would refuse
 * a whole folder because of one changed file in it, only that file is refused; files without annexed content do not matter.
 */
export async function drop(context: IJobContext, input: ParsedJobInput<'drop'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const dataset = boundary.resolve(input.dataset);
  const paths = resolveExisting(boundary, input.paths, dataset);
  const parts = await readParts(paths, { env, signal: task.signal, recursive: input.recursive });
  if (parts.some(part => part.lost)) {
    await dropByKey(context, { parts, input, nothing: NOTHING }, task);
    return;
  }
  const what = input.what ?? 'filecontent';
  const call = { command: 'drop', dataset, arguments: { path: paths, what, recursive: input.recursive === true } };
  if (what !== 'filecontent') {
    judge(await execute(context, call, task), NOTHING);
    return;
  }
  const changed: Result[] = [];
  const absolute: string[] = [];
  const first = await execute(context, call, withoutResults(task, isChange, changed), record => {
    if (isChange(record)) {
      absolute.push(record.path);
    }
  });
  if (absolute.length === 0 || first.ending.type === 'failed') {
    judge(first, NOTHING);
    return;
  }
  const { files, refused } = await findDroppable(absolute, { paths, env, signal: task.signal });
  const kept = changed.filter((_, index) => refused.has(absolute[index] ?? ''));
  kept.forEach(result => task.result(result));
  const rest =
    files.length === 0
      ? null
      : await execute(context, { ...call, arguments: { path: files, what } }, withoutResults(task, isInGit));
  judge(merge(first, kept, rest), NOTHING);
}

/** DataLad's word on a file whose dataset it then leaves alone altogether. */
function isChange(record: Result | WorkerRecord): boolean {
  const message = record['message'];
  return typeof message === 'string' && /^cannot drop (?:modified|untracked) content/u.test(message);
}

function isInGit({ status, message = '' }: Result): boolean {
  return status === 'notneeded' && message.startsWith("no annex'ed content");
}

/** What two calls did, as one. */
function merge(first: IOutcome, kept: readonly Result[], rest: IOutcome | null): IOutcome {
  const counts = new Map([...first.counts, ...(rest?.counts ?? [])]);
  return {
    ending: rest?.ending ?? first.ending,
    failed: [...first.failed.filter(result => !isChange(result)), ...kept, ...(rest?.failed ?? [])],
    counts,
    output: first.output + (rest?.output ?? '')
  };
}

/**
 * Drops files without looking for other copies: only such as a drop before was refused for being the last copy, and only while they
 * have the content that it was refused for.
 */
export async function dropLastCopies(context: IJobContext, input: ParsedJobInput<'dropLastCopies'>, task: ITask): Promise<void> {
  const refused = refusedPaths(context, input);
  const other = input.paths.find(path => !refused.has(path));
  if (other !== undefined) {
    fail('bad-request', 'Only files that a drop was refused for, as the last copy, can be dropped like this.', {
      parameters: { path: other }
    });
  }
  const dataset = context.boundary.resolve(input.dataset);
  const path = resolveExisting(context.boundary, input.paths, dataset);
  const keys = await keysOfFiles(path, { env: context.env, signal: task.signal });
  const replaced = input.paths.find((name, index) => keys.get(path[index] ?? '') !== refused.get(name));
  if (replaced !== undefined) {
    fail('bad-request', `The content of ${replaced} is not the one any more that could not be dropped.`, {
      hint: 'Drop it again, so that copies of it are looked for.',
      parameters: { path: replaced }
    });
  }
  if (path.some(isLost)) {
    const parts = await readParts(path, { env: context.env, signal: task.signal });
    await dropByKey(context, { parts, input: {}, nothing: NOTHING, force: true }, task);
    return;
  }
  const call = { command: 'drop', dataset, arguments: { path, what: 'filecontent', reckless: 'availability' } };
  judge(await execute(context, call, task), NOTHING);
}

/** Paths that were refused, with the key that was. */
function refusedPaths(
  { report }: IJobContext,
  { refused, dataset }: ParsedJobInput<'dropLastCopies'>
): Map<string, string | null | undefined> {
  const { job, results } = report(refused);
  if (job.operation !== 'drop' || job.dataset !== dataset) {
    fail('bad-request', 'This was no drop in this dataset.');
  }
  const last = results.filter(({ type, failure }) => type === 'file' && failure?.kind === 'last-copy');
  return new Map(last.map(({ path, key }) => [path, key]));
}
