import type { JobName, ParsedJobInput } from '../../../../protocol/contract';
import { lookAtPlace } from '../target';
import { WorkTree } from '../../../dataset/workTree';
import type { PathBoundary } from '../../../paths';
import type { Before } from '../../../journal/entry';

interface IOptions {
  boundary: PathBoundary;
  env: Record<string, string>;
}

/**
 * What has to be known of the time before a job, should it be interrupted. Nothing where it cannot be read: the job then fails by
 * itself, or there is something at its place that is not its own.
 */
export async function readBefore(name: JobName, input: ParsedJobInput<JobName>, { boundary, env }: IOptions): Promise<Before> {
  try {
    if (name === 'save' && 'dataset' in input && input.dataset !== null) {
      const workTree = await WorkTree.open(boundary.resolve(input.dataset), { env, signal: AbortSignal.timeout(10_000) });
      return { head: await workTree.head() };
    }
    if ((name === 'clone' || name === 'create') && 'path' in input) {
      return { target: await lookAtPlace(boundary.resolve(input.path)) };
    }
  } catch {
    return {};
  }
  return {};
}
