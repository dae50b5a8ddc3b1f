import type { Failure, FailureKind } from '../../protocol/failure';
import type { Job, JobReport } from '../../protocol/job';
import { isSuccess, onlyRepeats, type Result } from '../../protocol/result';

/** Failed records that mean the same. */
export interface IFailureGroup {
  readonly failure: Failure;
  readonly paths: readonly string[];
}

/** Records without a wording of their own keep what DataLad said. */
function failureOf(result: Result): Failure {
  return result.failure ?? { kind: 'unknown', message: result.message ?? result.action };
}

/** The failed records by what they mean; the kind alone decides, but unknown ones differ by their message. */
export function groupFailures(results: readonly Result[]): IFailureGroup[] {
  const groups = new Map<string, { failure: Failure; paths: string[] }>();
  const failed = results.filter(each => !isSuccess(each));
  const single = failed.filter(each => !onlyRepeats(each));
  for (const result of single.length > 0 ? single : failed) {
    const failure = failureOf(result);
    const key = failure.kind === 'unknown' ? `unknown ${failure.message}` : failure.kind;
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { failure, paths: [result.path] });
    } else {
      group.paths.push(result.path);
    }
  }
  return [...groups.values()];
}

/** What the job of a run, also of one that is repeated, tells better than its records do. */
const OWN: readonly FailureKind[] = ['command-failed', 'unsaved-changes', 'bad-placeholder', 'subdatasets-absent'];

/** What went wrong in a job: its failed records, or its own failure where no record tells. */
export function failuresOf(job: Job, report: JobReport | null): IFailureGroup[] {
  // How a command ended is told by the job as a whole, with the end of what it printed.
  const own = (job.operation === 'run' || job.operation === 'rerun') && OWN.includes(job.failure?.kind ?? 'unknown');
  const groups = own ? [] : groupFailures(report?.results ?? []);
  if (groups.length > 0) {
    return groups;
  }
  return job.failure === undefined ? [] : [{ failure: job.failure, paths: [] }];
}
