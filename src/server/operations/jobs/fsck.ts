import { join, relative } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { type Failure, FailureError } from '../../../protocol/failure';
import type { Result } from '../../../protocol/result';
import { type AnnexRecord, runAnnex } from '../../annex/batch';
import { keyBytes } from '../../annex/key';
import { failureOf } from '../../datalad/failures';
import type { ITask } from '../../handlers';
import type { PathBoundary } from '../../paths';
import { chunksOf } from './chunks';
import { type IJobContext, resolveExisting, resolvePath } from './context';
import { sortByPresence } from './withoutDatalad/keyBatch';
import { readParts } from './withoutDatalad/part';
import { WorkTree } from '../../dataset/workTree';
import { groupByDataset } from './datasetAround';
import { isWithin } from '../../nesting';

/** git-annex says this of a location log that was wrong, which it then puts right. */
const PUT_RIGHT = /^\*\* (?:Based on the location log,|was expected to be (?:present|missing))/u;

/**
 * Compares what is here with what is noted to be here, and mends the notes; content itself is read where that is asked for, and moved to
 * `.git/annex/bad` by git-annex where it is not what its key says. What was interrupted in the middle of a get or a drop is right again afterwards.
 */
export async function fsck(context: IJobContext, input: ParsedJobInput<'fsck'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const dataset = resolvePath(boundary, input.dataset);
  const groups = groupByDataset(resolveExisting(boundary, input.paths, dataset));
  if (input.recursive === true) {
    await addSubdatasets(groups, env, task.signal);
  }
  const failed: Failure[] = [];
  const content = input.content === true;
  const meter = content
    ? await Meter.of(
        [...groups.values()].flatMap(paths => [...paths]),
        { env, task }
      )
    : null;
  for (const [root, paths] of groups) {
    const names = [...paths].map(path => relative(root, path) || '.');
    for (const some of chunksOf(names, name => name)) {
      const result = (record: Result): void => {
        task.result(record);
        failed.push(...(record.failure === undefined ? [] : [record.failure]));
      };
      await check(root, some, { boundary, env, signal: task.signal, content, result, seen: record => meter?.add(record) });
    }
  }
  const [first] = failed;
  if (first !== undefined) {
    throw new FailureError({ ...first, parameters: { ...first.parameters, failed: failed.length } });
  }
}

/** Everything in the subdatasets that are installed below whole datasets and folders among the paths. */
async function addSubdatasets(groups: Map<string, Set<string>>, env: Record<string, string>, signal: AbortSignal): Promise<void> {
  for (const [root, paths] of groups) {
    const below = await (await WorkTree.open(root, { env, signal })).subdatasets();
    // The map grows while it is walked through: subdatasets of subdatasets come in their turn.
    below
      .filter(folder => [...paths].some(path => isWithin(folder, path)))
      .forEach(folder => groups.set(folder, new Set([folder])));
  }
}

/** How far a look at contents is, by the bytes of those that are here. */
class Meter {
  private files = 0;
  private bytes = 0;

  private constructor(
    private readonly task: ITask,
    private readonly here: ReadonlySet<string>,
    private readonly total: { files: number; bytes: number }
  ) {}

  static async of(paths: readonly string[], { env, task }: { env: Record<string, string>; task: ITask }): Promise<Meter> {
    const here: string[] = [];
    let files = 0;
    for (const part of await readParts(paths, { env, signal: task.signal })) {
      const found = await sortByPresence(part, task.signal);
      files += found.here.length + found.absent.length;
      here.push(...found.here.map(({ key }) => key));
    }
    const bytes = here.reduce((sum, key) => sum + (keyBytes(key) ?? 0), 0);
    return new Meter(task, new Set(here), { files, bytes });
  }

  add({ key }: AnnexRecord): void {
    this.files += 1;
    this.bytes += key !== null && key !== undefined && this.here.has(key) ? (keyBytes(key) ?? 0) : 0;
    const { files, bytes } = this.total;
    this.task.progress({ files: this.files, totalFiles: files, bytes: this.bytes, totalBytes: bytes, active: [] });
  }
}

interface ICheckOptions {
  boundary: PathBoundary;
  env: Record<string, string>;
  signal: AbortSignal;
  /** Read what is here, and compare it with its key. */
  content: boolean;
  result(record: Result): void;
  seen(record: AnnexRecord): void;
}

async function check(root: string, names: readonly string[], options: ICheckOptions): Promise<void> {
  const { boundary, env, signal, content, result, seen } = options;
  let records = 0;
  const { code, output } = await runAnnex(
    {
      args: ['fsck', ...(content ? [] : ['--fast']), '--', ...names],
      cwd: root,
      env: { ...env, GIT_LITERAL_PATHSPECS: '1' },
      signal
    },
    record => {
      records += 1;
      seen(record);
      result(toResult(record, path => boundary.toContents(boundary.contains(path) ? path : boundary.root), root));
    }
  );
  // Failures of files are in the records; without any it did not get so far.
  if (code !== 0 && records === 0) {
    throw new FailureError(failureOf(output));
  }
}

function toResult(record: AnnexRecord, toContents: (path: string) => string, root: string): Result {
  const { file, key, note, success } = record;
  const wrong = record['error-messages'].filter(text => !PUT_RIGHT.test(text));
  const mended = /fixing location log/u.test(note);
  const common = { action: 'fsck', path: toContents(join(root, file ?? '')), type: 'file', key: key ?? null };
  if (success || (mended && wrong.length === 0)) {
    return { ...common, status: 'ok', ...(mended ? { message: 'the location log was put right' } : {}) };
  }
  const detail = [note, ...wrong].filter(Boolean).join('\n');
  return { ...common, status: 'error', message: detail, failure: explain(detail) };
}

function explain(detail: string): Failure {
  if (/Bad file (?:size|content)/u.test(detail)) {
    return {
      kind: 'damaged-content',
      message: 'What was here was damaged, and was moved to .git/annex/bad.',
      hint: 'Get the file again.',
      detail,
      parameters: { moved: 1 }
    };
  }
  return /No known copies exist/u.test(detail)
    ? {
        kind: 'content-unavailable',
        message: 'No copy of the content is known.',
        hint: 'A sibling that was removed may have it.',
        detail
      }
    : { kind: 'corrupt', message: 'The check found something wrong.', hint: 'Get the file again.', detail };
}
