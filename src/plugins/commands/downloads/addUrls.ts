import type { IAddUrlsAnswer } from '../../../components/dialogs/dialogs';
import { lastName } from '../../../components/names';
import type { JobInput } from '../../../protocol/contract';
import { type ContentsPath, folderOf } from '../../../protocol/paths';
import { isTableName } from '../../../protocol/urlTable';
import type { IOutcome } from '../../../tokens';
import type { AddUrlsArguments } from '../addUrls';
import { onlyGiven } from '../arguments';
import { editorsSettled, identityKnown } from '../before';
import { CANCELLED } from '../command';
import type { ICommandContext } from '../context';
import { lineOf } from '../lineOf';
import { freePath } from '../places';
import { showCommit } from '../showCommit';
import { trustedTargets } from '../trust';

/** Downloads by a table, and shows the commit. */
export async function addUrls(context: ICommandContext, given: AddUrlsArguments): Promise<IOutcome> {
  const table = given.table ?? selectedTable(context);
  const around = given.dataset ?? (table === undefined ? freePath(context) : folderOf(table));
  const [target] = await trustedTargets(context, given.dataset === undefined ? { paths: [around] } : { dataset: around });
  // The table may be open, with changes that are not on the disk.
  if (target === undefined || (await editorsSettled(context, [target.dataset])) === null) {
    return CANCELLED;
  }
  const { dataset } = target;
  const answer = await answerOf(context, dataset, { ...given, ...(table === undefined ? {} : { table }) });
  if (answer === null) {
    return CANCELLED;
  }
  const unknown = await identityKnown(context, dataset);
  if (unknown !== null) {
    return unknown;
  }
  const outcome = await context.datalad.jobs.run('addUrls', inputOf(dataset, answer));
  showCommit(context, dataset, outcome);
  return outcome;
}

function selectedTable({ selection }: ICommandContext): ContentsPath | undefined {
  const [row, ...more] = selection.rows();
  return row !== undefined && more.length === 0 && isTableName(row.name) ? row.path : undefined;
}

async function answerOf(
  { datalad, dialogs }: ICommandContext,
  dataset: ContentsPath,
  given: AddUrlsArguments
): Promise<IAddUrlsAnswer | null> {
  const { table, urlFormat = null, fileFormat = null, message = '', ifExists, ask } = given;
  const skip = ifExists === 'skip';
  if (table !== undefined && urlFormat !== null && fileFormat !== null && ask !== true) {
    return { table, urlFormat, fileFormat, message, skip };
  }
  return dialogs.addUrls({
    datasetName: lastName(dataset) || '/',
    initial: { table: table ?? '', urlFormat, fileFormat, message, skip },
    plan: (asked, signal) => {
      const formats = onlyGiven({ urlFormat: asked.urlFormat ?? '', fileFormat: asked.fileFormat ?? '' });
      return datalad.client.call('planAddUrls', { dataset, table: asked.table, ...formats, ifExists: howOf(asked) }, signal);
    },
    commandLine: answer => lineOf('addUrls', inputOf(dataset, answer))
  });
}

function howOf({ skip }: Pick<IAddUrlsAnswer, 'skip'>): 'skip' | 'error' {
  return skip ? 'skip' : 'error';
}

function inputOf(dataset: ContentsPath, { table, urlFormat, fileFormat, message, skip }: IAddUrlsAnswer): JobInput<'addUrls'> {
  return { dataset, table, urlFormat, fileFormat, ...onlyGiven({ message }), ...(skip ? { ifExists: 'skip' } : {}) };
}
