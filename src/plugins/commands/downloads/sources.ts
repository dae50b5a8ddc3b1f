import { lastName } from '../../../components/names';
import { withoutSecrets } from '../../../protocol/address';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import type { IOutcome } from '../../../tokens';
import { onlyGiven } from '../arguments';
import { CANCELLED } from '../command';
import type { ICommandContext } from '../context';
import { lineOf } from '../lineOf';
import type { SourceArguments } from '../sources';
import { trustedTargets } from '../trust';

type Place = Pick<ParsedJobInput<'addSource'>, 'dataset' | 'file'>;

/** Notes an address as a source of a file. */
export async function addSource(context: ICommandContext, given: SourceArguments): Promise<IOutcome> {
  const { datalad, dialogs, trans, selection } = context;
  const [file, ...others] = given.path === undefined ? (given.paths ?? selection.paths()) : [given.path];
  if (file === undefined || others.length > 0) {
    fail('bad-request', trans.__('Select one file.'));
  }
  const place = await placeOf(context, file);
  if (place === null) {
    return CANCELLED;
  }
  const { url = '', sizeOnly = false } = given;
  if (url !== '' && given.ask !== true) {
    return datalad.jobs.run('addSource', { ...place, url, ...onlyGiven({ sizeOnly }) });
  }
  const details = await datalad.client.call('inspect', { dataset: place.dataset, path: file });
  if (details.annex === undefined) {
    fail(details.kind === 'git' ? 'not-annexed' : 'unsaved-changes', '', { parameters: { path: file, why: 'source' } });
  }
  const inputOf = (answer: { url: string; sizeOnly: boolean }) => ({
    ...place,
    url: answer.url,
    ...onlyGiven({ sizeOnly: answer.sizeOnly })
  });
  const answer = await dialogs.source({
    fileName: lastName(file),
    bytes: details.annex.bytes,
    // Where there is no checksum, only sizes can be compared.
    initial: { url, sizeOnly: sizeOnly || !details.annex.verifiable },
    commandLine: typed => lineOf('addSource', inputOf(typed))
  });
  return answer === null ? CANCELLED : datalad.jobs.run('addSource', inputOf(answer));
}

/** Takes an address back, after a question. */
export async function removeSource(
  context: ICommandContext,
  { path, url }: { path?: ContentsPath | undefined; url: string }
): Promise<IOutcome> {
  const { datalad, dialogs, trans } = context;
  const place = path === undefined ? fail('bad-request', trans.__('Select one file.')) : await placeOf(context, path);
  if (place === null) {
    return CANCELLED;
  }
  const input = { ...place, url };
  const sure = await dialogs.confirm({
    title: trans.__('Remove a Source of %1?', lastName(place.file)),
    text: [trans.__('The file stays as it is, but cannot be got from this address any more:')],
    names: [withoutSecrets(url)],
    accept: trans.__('Remove'),
    commandLine: lineOf('removeSource', input)
  });
  return sure === null ? CANCELLED : datalad.jobs.run('removeSource', input);
}

async function placeOf(context: ICommandContext, file: ContentsPath): Promise<Place | null> {
  const [target] = await trustedTargets(context, { paths: [file] });
  return target === undefined ? null : { dataset: target.dataset, file };
}
