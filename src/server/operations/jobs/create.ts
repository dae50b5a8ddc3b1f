import { readdir } from 'node:fs/promises';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { fsPath } from '../../bytes';
import { execute, judge } from '../../datalad/execute';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { type IJobContext, requireDataset, resolvePath, resolvePaths } from './context';
import { prepareTarget } from './target';

const PROCEDURE = /^[A-Za-z0-9_-]{1,64}$/u;

/** Makes a dataset: at an empty place, or with `force` around files that are there, which it neither changes nor saves. */
export async function create(context: IJobContext, input: ParsedJobInput<'create'>, task: ITask): Promise<void> {
  const path = resolvePath(context.boundary, input.path);
  const dataset = input.asSubdataset === undefined ? null : resolvePath(context.boundary, input.asSubdataset);
  if (dataset !== null && input.asSubdataset !== undefined) {
    resolvePaths(context.boundary, [input.path], dataset);
    requireDataset(dataset);
  }
  const { procedures = [], description, force = false } = input;
  const other = procedures.find(name => !PROCEDURE.test(name));
  if (other !== undefined) {
    fail('bad-request', 'This is not the name of a procedure.', { parameters: { procedure: other } });
  }
  if (!force) {
    await refuseFiles(path);
  }
  const target = force ? null : await prepareTarget(path, context.boundary.root);
  try {
    const call = {
      command: 'create',
      dataset,
      arguments: {
        path,
        force,
        ...(procedures.length === 0 ? {} : { cfg_proc: procedures }),
        ...(description === undefined ? {} : { description })
      }
    };
    judge(await execute(context, call, task), { kind: 'unknown', message: 'No dataset was made, and DataLad did not say why.' });
  } catch (error) {
    await target?.remove(error);
    throw error;
  }
}

/** Around files a dataset is made only where that is asked for. What is one already is none to be made, and says so later. */
async function refuseFiles(path: AbsolutePath): Promise<void> {
  const names = await readdir(fsPath(path)).catch((): string[] => []);
  if (names.length > 0 && !names.includes('.git')) {
    fail('not-empty', 'There are files in this folder already.', {
      hint: 'Choose another name, or make a dataset around them.',
      parameters: { files: names.length }
    });
  }
}
