import { open } from 'node:fs/promises';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { fsPath } from '../../bytes';
import type { ITask } from '../../handlers';
import { reportOf } from '../verify/report';
import { type IJobContext, requireDataset, resolvePath } from './context';

/** Writes the report of a verification into a file that is not there yet. */
export async function keepReport(context: IJobContext, input: ParsedJobInput<'keepReport'>, task: ITask): Promise<void> {
  const { boundary, report } = context;
  requireDataset(resolvePath(boundary, input.dataset));
  const target = resolvePath(boundary, input.file);
  if (target.split('/').includes('.git')) {
    fail('bad-request', 'The report cannot be put into a repository’s own folder.', { parameters: { path: input.file } });
  }
  const told = report(input.job);
  const text = told.job.operation === 'verifyRuns' ? reportOf(told) : null;
  if (text === null) {
    return fail('not-found', 'What was verified is not known any more.', { hint: 'Verify it again.' });
  }
  // Never over anything, be it a broken link.
  const file = await open(fsPath(target), 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') {
      fail('in-the-way', 'There is something of this name already.', {
        hint: 'Choose another name.',
        parameters: { path: input.file, why: 'taken' }
      });
    }
    throw error;
  });
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
  task.result({ action: 'keep-report', status: 'ok', path: input.file, type: 'file' });
}
