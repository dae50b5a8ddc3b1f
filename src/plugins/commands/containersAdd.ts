import * as v from 'valibot';
import { lastName } from '../../components/names';
import { jobs } from '../../protocol/contract';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, onlyGiven } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { trustedTargets } from './trust';

const { name, url, image, callFormat, extraInputs, update } = jobs.containersAdd.input.entries;
const args = v.object({
  dataset: commonArguments.dataset,
  name: v.optional(name),
  url: v.optional(v.pipe(url.wrapped, v.description('The file or address that the image comes from'))),
  image: v.optional(v.pipe(image.wrapped, v.description('Where the image is, or comes to be, in the dataset'))),
  callFormat,
  extraInputs,
  update
});
type Arguments = v.InferOutput<typeof args>;

/** Registers a container in a dataset, or changes one; since its call format is a program that others may come to run, it always asks. */
export function containersAdd(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.containersAdd,
    args,
    label: () => trans.__('Add a Container…'),
    caption: trans.__('Register an image in a dataset, with how commands are run in it'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const { datalad, dialogs } = context;
  const place = given.dataset ?? datalad.current.state.summary?.dataset.path;
  const [target] = await trustedTargets(context, place === undefined ? {} : { dataset: place });
  if (target === undefined || (await editorsSettled(context, [target.dataset])) === null) {
    return CANCELLED;
  }
  const { dataset } = target;
  const { containers } = await datalad.client.call('containers', { dataset });
  const known = containers.find(each => each.dataset === dataset && each.name === given.name);
  const answer = await dialogs.addContainer({
    datasetName: lastName(dataset) || '/',
    taken: containers.filter(each => each.dataset === dataset).map(each => each.name),
    update: given.update === true && known !== undefined,
    initial: onlyGiven({
      name: given.name,
      url: given.url,
      image: given.image,
      callFormat: given.callFormat ?? known?.callFormat,
      extraInputs: given.extraInputs ?? known?.extraInputs
    }),
    readRuntimes: signal => datalad.client.call('runtimes', {}, signal),
    commandLine: input => lineOf('containersAdd', { dataset, ...input })
  });
  if (answer === null) {
    return CANCELLED;
  }
  return (await identityKnown(context, dataset)) ?? datalad.jobs.run('containersAdd', { dataset, ...answer });
}
