import * as v from 'valibot';
import { lastName } from '../../components/names';
import { jobs, type ParsedJobInput } from '../../protocol/contract';
import { contentsPath, type ContentsPath, folderOf } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import { askArgument, commonArguments, onlyGiven, PathArgument } from './arguments';
import { editorsSettled } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { summaryOf } from './targets';
import { trustedTargets } from './trust';

const { name, format, missing } = jobs.exportArchive.input.entries;
const args = v.object({
  dataset: commonArguments.dataset,
  to: v.optional(v.pipe(PathArgument, v.description('The folder that the archive comes into'))),
  name: v.optional(v.pipe(name, v.description('Of the file, without its ending; without a name it asks'))),
  format: v.optional(format),
  missing,
  ask: askArgument
});
type Arguments = v.InferOutput<typeof args>;
type Input = ParsedJobInput<'exportArchive'>;

/** Writes what is saved in a dataset into one archive. */
export function exportArchive(context: ICommandContext): ICommand {
  const { trans } = context;
  return command({
    id: CommandIDs.exportArchive,
    args,
    label: () => trans.__('Export as Archive…'),
    caption: trans.__('Write the files of a dataset, as they were saved last, into one tar or zip file'),
    execute: given => execute(context, given)
  });
}

async function execute(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const { datalad } = context;
  const place = given.dataset ?? datalad.current.state.summary?.dataset.path;
  const [target] = await trustedTargets(context, place === undefined ? {} : { dataset: place });
  if (target === undefined || (await editorsSettled(context, [target.dataset])) === null) {
    return CANCELLED;
  }
  const { dataset } = target;
  const beginning = { ...defaultsOf(dataset), ...onlyGiven({ to: given.to, name: given.name, format: given.format }) };
  const missingOf = { missing: given.missing ?? ('error' as const) };
  const answer =
    given.name === undefined || given.ask === true
      ? await ask(context, dataset, { ...beginning, ...missingOf })
      : { ...beginning, ...missingOf };
  return answer === null ? CANCELLED : datalad.jobs.run('exportArchive', inputOf(dataset, answer));
}

/** Beside the dataset, under its name. */
function defaultsOf(dataset: ContentsPath): Pick<Input, 'to' | 'name' | 'format'> {
  const isNamed = dataset !== '' && !dataset.startsWith('bytes:');
  return {
    to: isNamed ? folderOf(dataset) : contentsPath(dataset),
    name: isNamed ? lastName(dataset) : 'dataset',
    format: 'tar.gz'
  };
}

async function ask(
  context: ICommandContext,
  dataset: ContentsPath,
  initial: Required<Omit<Input, 'dataset'>>
): Promise<Omit<Input, 'dataset'> | null> {
  const { client } = context.datalad;
  const [{ changes }, { toGet, absentSubdatasets }] = await Promise.all([
    summaryOf(context, dataset),
    client.call('planGet', { dataset, paths: [dataset] })
  ]);
  return context.dialogs.exportArchive({
    dataset,
    datasetName: lastName(dataset) || '/',
    absent: toGet,
    unsaved: changes.length,
    subdatasets: absentSubdatasets.length > 0,
    initial,
    commandLine: answer => lineOf('exportArchive', inputOf(dataset, answer))
  });
}

/** What DataLad does anyhow is not written out. */
function inputOf(dataset: ContentsPath, { missing: left, ...answer }: Omit<Input, 'dataset'>): Input {
  return { dataset, ...answer, ...(left === undefined || left === 'error' ? {} : { missing: left }) };
}
