import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { jobs } from '../../../../protocol/contract';
import { fsPath } from '../../../bytes';
import { normalise } from '../mixedCommit';
import { WorkTree } from '../../../dataset/workTree';
import type { PathBoundary } from '../../../paths';
import type { Entry } from '../../../journal/entry';

interface IOptions {
  boundary: PathBoundary;
  env: Record<string, string>;
}

/** Whether an interrupted job had come to its end but for saying so: its commit is there. Only jobs that commit can tell. */
export async function wasDone(entry: Entry, options: IOptions): Promise<boolean> {
  if (entry.job.started === undefined) {
    return false;
  }
  try {
    switch (entry.job.operation) {
      case 'save':
        return await wasSaved(entry, options);
      case 'create':
        return await wasCreated(entry, options);
      default:
        return false;
    }
  } catch {
    // The dataset is gone or broken, which is told by whoever looks at it.
    return false;
  }
}

async function wasSaved({ job, before }: Entry, { boundary, env }: IOptions): Promise<boolean> {
  const input = v.safeParse(jobs.save.input, job.input);
  if (!input.success || before.head === undefined) {
    return false;
  }
  const { dataset, message, amend, versionTag } = input.output;
  const workTree = await WorkTree.open(boundary.resolve(dataset), { env, signal: AbortSignal.timeout(10_000) });
  const head = await workTree.head();
  if (head === null || head === before.head) {
    return false;
  }
  if (versionTag !== undefined && (await workTree.tag(versionTag)) !== 'taken') {
    return false;
  }
  const commits = amend === true ? [head] : (await workTree.commitsSince(before.head)).slice(0, 20);
  const messages = await Promise.all(commits.map(commit => workTree.messageOf(commit)));
  return messages.some(text => message.trim() === '' || normalise(text) === normalise(message));
}

/** Without procedures the commit is the last thing done. */
async function wasCreated({ job, before }: Entry, { boundary, env }: IOptions): Promise<boolean> {
  const input = v.safeParse(jobs.create.input, job.input);
  if (!input.success || (input.output.procedures ?? []).length > 0 || before.target === undefined) {
    return false;
  }
  const path = boundary.resolve(input.output.path);
  await lstat(fsPath(join(path, '.datalad', 'config')));
  const workTree = await WorkTree.open(path, { env, signal: AbortSignal.timeout(10_000) });
  return input.output.asSubdataset === undefined && (await workTree.head()) !== null;
}
