import * as v from 'valibot';
import { isEnded } from '../../protocol/job';
import { type ContentsPath, isWithin } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { commonArguments } from './arguments';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';

const args = v.object({
  job: v.optional(v.pipe(v.string(), v.description('Id of a job; default: all running jobs of the dataset'))),
  dataset: commonArguments.dataset
});

/** Cancels a job, or all that run or wait in the dataset in view. */
export function cancel(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.cancel,
    args,
    label: () => trans.__('Cancel Running Jobs'),
    isEnabled: () => !datalad.jobs.jobs.every(isEnded),
    execute: async ({ job, dataset }) => {
      const ids = job === undefined ? await activeBelow(context, dataset) : [job];
      await Promise.all(ids.map(id => datalad.jobs.cancel(id)));
      return { ...DONE, jobs: ids };
    }
  });
}

/** Active jobs below a dataset, else below the one in view, else all: a clone outside datasets belongs to none. */
async function activeBelow({ datalad }: ICommandContext, path: ContentsPath | undefined): Promise<string[]> {
  // A dataset that was deleted still has its jobs.
  const dataset = path === undefined ? undefined : ((await datalad.client.call('dataset', { path }))?.dataset.path ?? path);
  const place = dataset ?? datalad.current.state.summary?.dataset.path;
  return datalad.jobs.jobs
    .filter(job => !isEnded(job))
    .filter(job => place === undefined || (job.dataset !== null && isWithin(job.dataset, place)))
    .map(job => job.id);
}
