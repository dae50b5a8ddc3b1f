import type { JobName, ParsedJobInput } from '../../protocol/contract';
import type { ITask, JobHandlers, WorkHandlers } from '../handlers';
import type { Gate } from './gate';

/** Whether a job has to be let in by the gate: all but those about trust itself. */
export function isGuarded(name: JobName): boolean {
  return name !== 'trust' && name !== 'untrust';
}

/** The handlers of all jobs behind the gate: what a job waited for may have changed the settings since it was admitted. */
export function guarded(handlers: WorkHandlers, gate: Gate): JobHandlers {
  const guard =
    <N extends keyof WorkHandlers>(name: N) =>
    async (input: ParsedJobInput<N>, task: ITask): Promise<void> => {
      await gate.admit(name, input, task.signal);
      await handlers[name](input, task);
    };
  const names = Object.keys(handlers) as (keyof WorkHandlers)[];
  return {
    ...(Object.fromEntries(names.map(name => [name, guard(name)])) as WorkHandlers),
    get: inSteps(guard('get'), gate),
    trust: (input, task) => gate.grant(input, task.signal),
    untrust: input => gate.revoke(input)
  };
}

/**
 * A get that installs subdatasets, and then gets their content: where DataLad installs them from is written in settings that travel with
 * the dataset, and git-annex works in the places it gets content from. So it installs first, and is let in once more.
 */
function inSteps(get: WorkHandlers['get'], gate: Gate): WorkHandlers['get'] {
  return async (input, task) => {
    if (await gate.installsFirst(input, task.signal)) {
      await get({ ...input, noData: true }, task);
    }
    await get(input, task);
  };
}
