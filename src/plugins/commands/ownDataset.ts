import { fail } from '../../protocol/failure';
import type { ContentsPath } from '../../protocol/paths';
import type { ICommandContext } from './context';
import { trustedTargets } from './trust';

/** The dataset that a command about the whole of one works in: the one named, else the one in view; it is trusted. */
export async function ownDataset(context: ICommandContext, place: ContentsPath | undefined): Promise<ContentsPath> {
  const { trans } = context;
  const named = place ?? context.datalad.current.state.summary?.dataset.path;
  const [target] = await trustedTargets(context, named === undefined ? {} : { dataset: named });
  return target?.dataset ?? fail('not-a-dataset', trans.__('There is no dataset here.'));
}
