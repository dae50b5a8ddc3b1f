import { link, mkdtemp, readlink, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail, type Failure } from '../../../protocol/failure';
import { keyOfLink } from '../../annex/pointer';
import { fsPath } from '../../bytes';
import { execute, judge } from '../../datalad/execute';
import { WorkTree } from '../../dataset/workTree';
import { exists } from '../../exists';
import { parseIndex, SYMLINK } from '../../git/entry';
import type { ITask } from '../../handlers';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { type IJobContext, requireDataset, resolvePath } from './context';

const NOTHING: Failure = { kind: 'unknown', message: 'DataLad did not say what became of the archive.' };

/**
 * Writes what is saved in a dataset into one archive. DataLad would write over what is at the place, and leave half an archive there when
 * it stops: so it writes into a folder of its own beside it, and a whole archive comes to its place in one step.
 */
export async function exportArchive(context: IJobContext, input: ParsedJobInput<'exportArchive'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const { format, missing = 'error' } = input;
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  const folder = resolvePath(boundary, input.to);
  const target = join(folder, `${input.name}.${format}`) as AbsolutePath;
  resolvePath(boundary, boundary.toContents(target));
  if (!exists(folder)) {
    fail('not-found', 'The folder to put the archive into is not there.', { parameters: { path: input.to } });
  }
  if (folder.split('/').includes('.git')) {
    fail('bad-request', 'The archive cannot be put into a repository’s own folder.', { parameters: { path: input.to } });
  }
  requireFree(target, boundary);
  if (format === 'zip') {
    await refuseLinks(dataset, { env, signal: task.signal });
  }
  const aside = await mkdtemp(join(folder, '.datalad-export-'));
  try {
    const [archivetype, compression = ''] = format.split('.');
    // DataLad puts its own ending in the place of the last one, so there has to be one.
    const filename = join(aside, `${input.name}.${archivetype}`);
    const options = { filename, archivetype, compression: format === 'zip' ? 'gz' : compression, missing_content: missing };
    judge(await execute(context, { command: 'export_archive', dataset, arguments: options }, withoutPlace(task)), NOTHING);
    await putInPlace(join(aside, `${input.name}.${format}`), target, boundary);
    task.result({ action: 'export_archive', status: 'ok', path: boundary.toContents(target), type: 'file' });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** DataLad tells of a file that is moved at once; the one in its place is told of instead. */
function withoutPlace(task: ITask): ITask {
  return {
    id: task.id,
    signal: task.signal,
    result: result => (result.status === 'ok' ? undefined : task.result(result)),
    progress: progress => task.progress(progress),
    output: text => task.output(text),
    secret: text => task.secret(text),
    notice: notice => task.notice(notice),
    inTurn: work => task.inTurn(work),
    ask: prompt => task.ask(prompt)
  };
}

/** A zip holds what a plain link leads to, be it outside of the dataset; what an annexed file leads to is meant. */
async function refuseLinks(dataset: string, options: { env: Record<string, string>; signal: AbortSignal }): Promise<void> {
  const { git } = await WorkTree.open(dataset, options);
  const links = parseIndex(await git.read(['ls-files', '-s', '-z'], { signal: options.signal })).filter(
    ({ mode }) => mode === SYMLINK
  );
  for (const { path } of links) {
    const target = await readlink(fsPath(join(dataset, path))).catch(() => '');
    if (target !== '' && keyOfLink(target) === null) {
      fail('bad-request', `A zip cannot hold links, and this dataset has one: ${path}`, {
        hint: 'Export it as tar.gz.',
        parameters: { path }
      });
    }
  }
}

/** A link to it fails where something has come there meanwhile; some file systems have no links. */
async function putInPlace(made: string, target: AbsolutePath, boundary: PathBoundary): Promise<void> {
  try {
    await link(made, target);
  } catch {
    requireFree(target, boundary);
    await rename(made, target);
  }
}

function requireFree(target: AbsolutePath, boundary: PathBoundary): void {
  if (exists(target)) {
    fail('in-the-way', 'There is something of this name already.', {
      hint: 'Choose another name.',
      parameters: { path: boundary.toContents(target), why: 'taken' }
    });
  }
}
