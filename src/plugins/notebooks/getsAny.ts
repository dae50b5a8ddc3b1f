import * as v from 'valibot';
import { jobs } from '../../protocol/contract';
import type { Job } from '../../protocol/job';
import type { ContentsPath } from '../../protocol/paths';

/** Whether a job gets any of these files. */
export function getsAny(job: Job, paths: readonly ContentsPath[]): boolean {
  const input = job.operation === 'get' ? v.safeParse(jobs.get.input, job.input) : null;
  return input?.success === true && input.output.paths.some(path => paths.includes(path));
}
