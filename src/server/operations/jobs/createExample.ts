import { mkdir, mkdtemp, realpath, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { isSuccess } from '../../../protocol/result';
import { fsPath } from '../../bytes';
import { execute, judge } from '../../datalad/execute';
import type { IDataladCall } from '../../datalad/messages';
import type { ITask } from '../../handlers';
import { type AbsolutePath } from '../../paths';
import { type IJobContext, resolvePath } from './context';
import { exampleFiles, recordingFiles } from './exampleFiles';
import { exists } from '../../exists';
import { withoutResults } from '../../quietTask';
import { removeTree } from './heldFolder';
import { prepareTarget } from './target';

const NAME = 'datalad-example';
/** Changes with the content of the example, so that an older one is left alone. */
const ORIGIN = 'example-1';
const MAX_COPIES = 100;

/**
 * Makes the example dataset below a folder, under a name that is free: a clone of a dataset in the user's data folder, with some
 * content here and some to be got from there.
 */
export async function createExample(context: IJobContext, input: ParsedJobInput<'createExample'>, task: ITask): Promise<void> {
  const folder = resolvePath(context.boundary, input.path);
  const path = freePath(folder);
  const origin = await prepareOrigin(context, folder, task);
  const target = await prepareTarget(path, context.boundary.root);
  try {
    task.progress({ step: 'Cloning', active: [] });
    await perform(context, { command: 'clone', dataset: null, arguments: { source: origin, path } }, task);
    const first = { path: [join(path, 'data/station-1.csv')] };
    await perform(context, { command: 'get', dataset: path, arguments: first }, withoutResults(task, isSuccess));
  } catch (error) {
    await target.remove(error);
    throw error;
  }
}

function freePath(folder: AbsolutePath): AbsolutePath {
  for (let copy = 1; copy <= MAX_COPIES; copy++) {
    const path = join(folder, copy === 1 ? NAME : `${NAME}-${copy}`) as AbsolutePath;
    if (!exists(path)) {
      return path;
    }
  }
  return fail('not-empty', 'There are many copies of the example here already.', { hint: 'Choose another folder.' });
}

/** The dataset the example is cloned from; made once. It is built elsewhere and then renamed, so that half a one is never used. */
async function prepareOrigin(context: IJobContext, folder: AbsolutePath, task: ITask): Promise<string> {
  const origin = join(await dataFolder(context.env, folder), ORIGIN);
  if (exists(join(origin, '.datalad', 'config'))) {
    return origin;
  }
  const workshop = await mkdtemp(`${origin}-`);
  try {
    const built = join(workshop, NAME);
    await build(context, built, withoutResults(task, isSuccess));
    await rename(fsPath(built), fsPath(origin)).catch((error: unknown) => {
      // Another job may have been first; then theirs is as good.
      if (!exists(join(origin, '.datalad', 'config'))) {
        throw error;
      }
    });
    return origin;
  } finally {
    await removeTree(workshop, await realpath(dirname(workshop)));
  }
}

async function build(context: IJobContext, dataset: string, task: ITask): Promise<void> {
  const recordings = join(dataset, 'recordings');
  task.progress({ step: 'Creating', active: [] });
  await perform(context, { command: 'create', dataset: null, arguments: { path: dataset, description: 'the example' } }, task);
  await perform(context, { command: 'create', dataset, arguments: { path: recordings } }, task);
  await writeFiles(dataset, exampleFiles());
  await writeFiles(recordings, recordingFiles());
  task.progress({ step: 'Saving', active: [] });
  const message = 'Stations, tables, a map and two recordings';
  await perform(context, { command: 'save', dataset, arguments: { message, recursive: true } }, task);
}

async function perform(context: IJobContext, call: IDataladCall, task: ITask): Promise<void> {
  const nothing = { kind: 'unknown', message: 'The example could not be made, and DataLad did not say why.' } as const;
  judge(await execute(context, call, task), nothing);
}

async function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(fsPath(dirname(path)), { recursive: true });
    await writeFile(fsPath(path), content);
  }
}

/** The user's own data folder, or a hidden one beside the example where there is none to write to. */
async function dataFolder(env: Readonly<Record<string, string>>, folder: string): Promise<string> {
  const data = env['XDG_DATA_HOME'] ?? join(env['HOME'] ?? homedir(), '.local', 'share');
  for (const candidate of [join(data, 'jupyterlab-datalad'), join(folder, `.${NAME}`)]) {
    try {
      await mkdir(fsPath(candidate), { recursive: true });
      return candidate;
    } catch {
      // A home that is read-only, or a file in the way.
    }
  }
  return fail('permission-denied', 'The example needs a folder to write to.', { hint: 'Choose another folder.' });
}
