import * as v from 'valibot';
import type { Row, Totals } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import { isFolder } from './amounts';
import { commonArguments } from './arguments';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { summaryOf } from './targets';

/** What `datalad:status` resolves with; `totals` is missing outside datasets. */
export interface IStatus extends IOutcome {
  rows: Row[];
  totals?: Totals;
}

const args = v.object(commonArguments);

/** Tells the rows of the folders given (of a file: its own row) and the totals of the dataset around the first of them. */
export function status(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.status,
    args,
    label: () => trans.__('Status'),
    caption: trans.__('Tell what is here, what is not and what has changed, for programs'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: v.InferOutput<typeof args>): Promise<IStatus> {
  const places = await placesOf(context, given);
  const { client } = context.datalad;
  const read = await Promise.all(places.map(place => readPlace(context, place)));
  const dataset = read.find(part => part.dataset !== null)?.dataset;
  const totals = dataset == null ? {} : { totals: await client.call('totals', { dataset, complete: true }) };
  return { ...DONE, rows: read.flatMap(part => part.rows), ...totals };
}

async function placesOf(context: ICommandContext, { paths, dataset }: v.InferOutput<typeof args>): Promise<ContentsPath[]> {
  if (paths !== undefined) {
    return paths;
  }
  if (dataset !== undefined) {
    return [(await summaryOf(context, dataset)).dataset.path];
  }
  const selected = context.selection.paths();
  return selected.length > 0 ? selected : [context.selection.folder() ?? context.datalad.current.state.folder];
}

async function readPlace(
  { datalad }: ICommandContext,
  path: ContentsPath
): Promise<{ rows: Row[]; dataset: ContentsPath | null }> {
  const { client } = datalad;
  const row = path === '' ? null : await client.call('row', { path });
  if (row !== null && !isFolder(row)) {
    const around = await client.call('dataset', { path });
    return { rows: [row], dataset: around?.dataset.path ?? null };
  }
  const listing = await client.call('rows', { folder: path, complete: true });
  return { rows: listing.rows, dataset: listing.dataset?.path ?? null };
}
