import type { IDownloadAnswer } from '../../../components/dialogs/dialogs';
import { childPath } from '../../../components/dialogs/names';
import { nameInAddress } from '../../../protocol/address';
import type { JobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { type ContentsPath, folderOf, nameOf } from '../../../protocol/paths';
import type { IOutcome } from '../../../tokens';
import { onlyGiven } from '../arguments';
import { editorsSettled, identityKnown } from '../before';
import { CANCELLED, combine } from '../command';
import type { ICommandContext } from '../context';
import type { DownloadArguments } from '../downloadUrl';
import { lineOf } from '../lineOf';
import { freePath } from '../places';
import { trustedTargets } from '../trust';

interface IPlace {
  readonly folder: ContentsPath;
  /** Of the file; null where the address says it. */
  readonly name: string | null;
}

/** Downloads a file, and unpacks it where that is asked for. */
export async function download(context: ICommandContext, given: DownloadArguments): Promise<IOutcome> {
  const place = await placeOf(context, given.path);
  const [target] = await trustedTargets(context, { paths: [place.folder] });
  if (target === undefined) {
    return CANCELLED;
  }
  const { dataset } = target;
  const complete = given.url !== undefined && given.path !== undefined && given.ask !== true;
  const answer = complete ? answerOf(context, place, given) : await ask(context, { dataset, place, given });
  if (answer === null || (answer.overwrite && (await editorsSettled(context, [dataset])) === null)) {
    return CANCELLED;
  }
  const unknown = answer.noSave ? null : await identityKnown(context, dataset);
  if (unknown !== null) {
    return unknown;
  }
  const { jobs } = context.datalad;
  const downloaded = await jobs.run('downloadUrl', inputOf(dataset, answer));
  if (!answer.archive || downloaded.status !== 'ok') {
    return downloaded;
  }
  // Not by DataLad's own option: that unpacks without a look at what is in the archive.
  return combine([downloaded, await jobs.run('addArchiveContent', unpackOf(dataset, answer))]);
}

/** A path that is a folder means one in it. */
async function placeOf(context: ICommandContext, path: ContentsPath | undefined): Promise<IPlace> {
  if (path === undefined) {
    return { folder: freePath(context), name: null };
  }
  const kind = path === '' ? 'directory' : (await context.datalad.client.call('row', { path }).catch(() => null))?.kind;
  return kind === 'directory' || kind === 'dataset'
    ? { folder: path, name: null }
    : { folder: folderOf(path), name: nameOf(path) };
}

function answerOf({ trans }: ICommandContext, { folder, name }: IPlace, given: DownloadArguments): IDownloadAnswer {
  const { url = '', message = '', overwrite = false, noSave = false, archive = false } = given;
  const called = name ?? nameInAddress(url);
  return called === ''
    ? fail('bad-request', trans.__('There is no name for the file in this address: say one.'))
    : { url, file: childPath(folder, called), message, overwrite, noSave, archive: archive && !noSave };
}

function ask(
  { dialogs }: ICommandContext,
  { dataset, place, given }: { dataset: ContentsPath; place: IPlace; given: DownloadArguments }
): Promise<IDownloadAnswer | null> {
  const { url = '', message = '', overwrite = false, noSave = false, archive = false } = given;
  return dialogs.download({
    dataset,
    initial: { url, ...place, message, overwrite, noSave, archive },
    commandLine: answer =>
      [
        lineOf('downloadUrl', inputOf(dataset, answer)),
        ...(answer.archive ? [lineOf('addArchiveContent', unpackOf(dataset, answer))] : [])
      ].join(' && ')
  });
}

function inputOf(dataset: ContentsPath, { url, file, message, overwrite, noSave }: IDownloadAnswer): JobInput<'downloadUrl'> {
  return { dataset, url, file, ...onlyGiven({ message: noSave ? '' : message, overwrite, noSave }) };
}

function unpackOf(dataset: ContentsPath, { file }: IDownloadAnswer): JobInput<'addArchiveContent'> {
  return { dataset, archive: file, remove: true };
}
