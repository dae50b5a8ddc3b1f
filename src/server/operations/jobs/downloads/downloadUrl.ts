import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail, type Failure } from '../../../../protocol/failure';
import { execute, judge } from '../../../datalad/execute';
import { WorkTree } from '../../../dataset/workTree';
import type { ITask } from '../../../handlers';
import { type IJobContext, requireDataset, resolvePath } from '../context';
import { tellCommits } from '../tellCommits';
import { pageRemark, sourceRemark } from './remarks';
import { requireAddress } from './requireAddress';
import { requirePlace } from './requirePlace';

const NOTHING: Failure = { kind: 'unknown', message: 'DataLad did not say what became of the download.' };

/**
 * Downloads what is at an address to one place, and saves it with the address as a source of its content. The place is always named in
 * full: left to DataLad, the server would choose the name, also one with `../` in it. What is there stays as it is until all has come.
 */
export async function downloadUrl(context: IJobContext, input: ParsedJobInput<'downloadUrl'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const { signal } = task;
  const { url, message, overwrite = false, noSave = false } = input;
  requireAddress(url, { kept: !noSave });
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  const file = resolvePath(boundary, input.file);
  const workTree = await WorkTree.open(dataset, { env, signal });
  if (!noSave && (workTree.unfinished() !== null || (await workTree.hasConflicts()))) {
    fail('merge-in-progress', 'A merge is not finished.', { hint: 'Finish it first.' });
  }
  await requirePlace(file, { workTree, boundary, overwrite, signal });
  const before = await workTree.head();
  try {
    const options = { urls: [url], path: file, overwrite, save: !noSave, message: message ?? null };
    judge(await execute(context, { command: 'download_url', dataset, arguments: options }, task), NOTHING);
  } finally {
    await tellCommits(workTree, before, { dataset: input.dataset, task });
  }
  const download = { dataset, file, path: input.file, url, env, signal };
  const remark = (await pageRemark(download)) ?? (noSave ? null : await sourceRemark(download));
  if (remark !== null) {
    task.notice(remark);
  }
}
