import { join } from 'node:path';
import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail, type Failure } from '../../../../protocol/failure';
import { execute, judge } from '../../../datalad/execute';
import { imagePlace, readContainerSettings } from '../../../dataset/containers/containerSettings';
import { Repository } from '../../../dataset/repository';
import { exists } from '../../../exists';
import type { ITask } from '../../../handlers';
import { requirePlainFile } from '../configure';
import { type IJobContext, requireDataset, resolvePath } from '../context';
import { checkImagePlace, requireSaved } from './checkImage';

const NOTHING: Failure = { kind: 'unknown', message: 'DataLad did not say what became of the container.' };

/**
 * Takes a container out of `.datalad/config`, where asked for with its image, whose content stays in the annex: runs that were made with it need
 * it. DataLad would delete an image that no save has.
 */
export async function containersRemove(
  context: IJobContext,
  input: ParsedJobInput<'containersRemove'>,
  task: ITask
): Promise<void> {
  const { boundary, env } = context;
  const { name, removeImage } = input;
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  const repository = await Repository.open(dataset, env);
  const known = (await readContainerSettings(repository, task.signal)).find(each => each.name === name);
  if (known === undefined || !known.travels) {
    fail('not-found', 'There is no container of this name in what travels with the dataset.', {
      hint: 'What is set for this clone alone is taken away on the page of its settings.'
    });
  }
  await requirePlainFile(dataset, false);
  const image = imagePlace(known, dataset);
  if (removeImage === true) {
    await checkImagePlace(image, dataset);
    if (exists(join(dataset, image))) {
      await requireSaved(repository.git, image, task.signal);
    }
  }
  const call = {
    command: 'containers_remove',
    dataset,
    // Without an image DataLad fails before it looks at anything.
    arguments: { name, remove_image: removeImage === true && exists(join(dataset, image)) }
  };
  judge(await execute(context, call, task), NOTHING);
}
