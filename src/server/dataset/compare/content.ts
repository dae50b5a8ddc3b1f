import { type Body, MOST_IMAGE, MOST_TEXT, type SideContent, USUAL_TEXT } from '../../../protocol/compare';
import { checksumOf } from '../../annex/checksum';
import { parseKey } from '../../annex/key';
import { attempt } from '../attempt';
import type { Repository } from '../repository';
import { HEAD_BYTES, sniff, textBody } from './bodyOf';
import { type ILocated } from './locate';
import { readSource, type Source } from './source';

export interface IContentOptions {
  /** The name goes for what the first bytes do not tell. */
  name: string;
  /** Bytes of text that are sent at most. */
  most?: number;
  /** Images that are text, such as SVG, as such. */
  asText?: boolean;
  signal?: AbortSignal;
}

/** What can be shown of a file that was found. */
export async function contentOf(
  repository: Repository,
  located: ILocated,
  options: IContentOptions
): Promise<Omit<SideContent, 'path'>> {
  const { facts, at, here } = located;
  const found =
    at.type === 'blob' || at.type === 'file' ? await attempt(bodyOf(repository, at, options)) : { value: at, failure: null };
  const body: Body = found.failure === null ? found.value : { type: 'unreadable', failure: found.failure };
  return { facts, body, ...(here === undefined ? {} : { annex: annexFacts(facts?.key, here) }) };
}

function annexFacts(key: string | undefined, here: boolean): NonNullable<SideContent['annex']> {
  const { backend = '' } = (key === undefined ? null : parseKey(key)) ?? {};
  const checksum = key === undefined ? null : checksumOf(key);
  return { backend, here, ...(checksum === null ? {} : { checksum: checksum.value }) };
}

async function bodyOf(repository: Repository, source: Source, options: IContentOptions): Promise<Body> {
  const { name, most = USUAL_TEXT, asText = false, signal } = options;
  // A blob is read as a whole, so that what is very large is not even sniffed at.
  if (source.type === 'blob' && source.bytes > MOST_IMAGE) {
    return { type: 'too-large', what: 'text' };
  }
  const what = sniff(name, await readSource(repository, source, { most: HEAD_BYTES, signal }));
  if (what === 'binary') {
    return { type: 'binary' };
  }
  const isImage = what !== 'text' && !(asText && what === 'image/svg+xml');
  if (source.bytes > (isImage ? MOST_IMAGE : Math.min(most, MOST_TEXT))) {
    return { type: 'too-large', what: isImage ? 'image' : 'text' };
  }
  const content = await readSource(repository, source, { most: source.bytes, signal });
  return isImage ? { type: 'image', mime: what, data: content.toString('base64') } : textBody(content);
}
