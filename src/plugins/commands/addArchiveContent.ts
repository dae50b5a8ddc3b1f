import * as v from 'valibot';
import type { IUnpackAnswer } from '../../components/dialogs/dialogs';
import { loadedFailureWords } from '../../components/failures/lazyWords';
import { lastName } from '../../components/names';
import { type ArchivePlan, isArchiveName } from '../../protocol/archive';
import { jobs, type ParsedJobInput } from '../../protocol/contract';
import { expectedFailure, fail, type Failure } from '../../protocol/failure';
import type { ContentsPath } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import { askArgument, commonArguments, onlyGiven } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { showCommit } from './showCommit';
import { summaryOf } from './targets';
import { trustedTargets } from './trust';

const { ownFolder, strip, overwrite, remove } = jobs.addArchiveContent.input.entries;
const args = v.object({ paths: commonArguments.paths, ownFolder, strip, overwrite, remove, ask: askArgument });
type Arguments = v.InferOutput<typeof args>;
type Place = Pick<ParsedJobInput<'addArchiveContent'>, 'dataset' | 'archive'>;

/** Unpacks an archive, which from then on is where its files come from. */
export function addArchiveContent(context: ICommandContext): ICommand {
  const { trans, selection } = context;
  return command({
    id: CommandIDs.addArchiveContent,
    args,
    label: () => trans.__('Unpack Archive…'),
    caption: trans.__('Add what is in an archive to the dataset, with the archive as a place to get it from'),
    isVisible: given => given.isPalette === true || isArchive(selection.rows()),
    execute: given => execute(context, given)
  });
}

function isArchive([row, ...more]: ReturnType<ICommandContext['selection']['rows']>): boolean {
  return row !== undefined && more.length === 0 && isArchiveName(row.name) && row.kind !== 'directory' && row.kind !== 'dataset';
}

async function execute(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const { datalad, trans, selection } = context;
  const [archive, ...others] = given.paths ?? selection.paths();
  if (archive === undefined || others.length > 0) {
    fail('bad-request', trans.__('Select one archive.'));
  }
  const [target] = await trustedTargets(context, { paths: [archive] });
  if (target === undefined) {
    return CANCELLED;
  }
  const place = { dataset: target.dataset, archive };
  const ask = given.paths === undefined || given.ask === true;
  const options = ask ? await askHow(context, place, given) : given;
  if (options === null || (await editorsSettled(context, [place.dataset])) === null) {
    return CANCELLED;
  }
  const unknown = await identityKnown(context, place.dataset);
  if (unknown !== null) {
    return unknown;
  }
  const outcome = await datalad.jobs.run('addArchiveContent', inputOf(place, options));
  showCommit(context, place.dataset, outcome);
  return outcome;
}

/** Asks how, once nothing stands against it: what does is explained, and content that is not here is got where the user agrees. */
async function askHow(context: ICommandContext, place: Place, given: Arguments): Promise<IUnpackAnswer | null> {
  const { datalad, dialogs } = context;
  const obstacle = await unsaved(context, place);
  const plan = obstacle ?? (await lookInto(context, place));
  if (plan !== null && 'kind' in plan) {
    const agreed = await explain(context, place, plan);
    const got = agreed && plan.kind === 'not-here' ? await datalad.jobs.run('get', getOf(place)) : null;
    return got?.status === 'ok' ? askHow(context, place, given) : null;
  }
  const name = lastName(place.archive);
  return dialogs.unpack({
    archiveName: name,
    plan,
    initial: { ownFolder: true, strip: false, overwrite: false, remove: false, ...onlyGiven(optionsOf(given)) },
    commandLine: answer => lineOf('addArchiveContent', inputOf(place, answer))
  });
}

/** DataLad commits all that is not saved along with what was in the archive, so it refuses; an archive that is not saved says so itself. */
async function unsaved(context: ICommandContext, { dataset, archive }: Place): Promise<Failure | null> {
  const { changes } = await summaryOf(context, dataset);
  return changes.length === 0 || changes.some(({ path }) => path === archive)
    ? null
    : { kind: 'unsaved-changes', message: '', parameters: { why: 'unpack' } };
}

/** Null where that takes too long to tell. */
async function lookInto({ datalad }: ICommandContext, place: Place): Promise<ArchivePlan | Failure | null> {
  try {
    return await datalad.client.call('planUnpack', place);
  } catch (reason) {
    const failure = expectedFailure(reason);
    return failure.kind === 'timeout' ? null : failure;
  }
}

/** What stands against it, in a dialog; content that is not here can be got from there. */
async function explain({ dialogs, trans }: ICommandContext, place: Place, failure: Failure): Promise<boolean> {
  const { title, text } = await loadedFailureWords(failure, { trans, names: [lastName(place.archive)] });
  const curable = failure.kind === 'not-here';
  const answer = await dialogs.confirm({
    title: trans.__('%1 Cannot Be Unpacked Now', lastName(place.archive)),
    accept: curable ? trans.__('Get It and Go On') : trans.__('Close'),
    text: [title, text].filter(part => part !== ''),
    commandLine: curable ? lineOf('get', getOf(place)) : ''
  });
  return answer !== null;
}

function getOf({ dataset, archive }: Place): { dataset: ContentsPath; paths: ContentsPath[] } {
  return { dataset, paths: [archive] };
}

function optionsOf({ ownFolder, strip, overwrite, remove }: Arguments): Partial<IUnpackAnswer> {
  return { ownFolder, strip, overwrite, remove };
}

function inputOf(place: Place, options: Arguments | IUnpackAnswer): ParsedJobInput<'addArchiveContent'> {
  return { ...place, ...onlyGiven(optionsOf(options)) };
}
