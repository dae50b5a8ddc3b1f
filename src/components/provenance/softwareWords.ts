import type { TranslationBundle } from '@jupyterlab/translation';
import type { GraphRun, Provenance, Software } from '../../protocol/provenance';
import { visible } from '../trust/visible';

/** Names of the software that a run used, as far as it is known. */
export function softwareOf({ files }: Provenance, { extra }: GraphRun): string[] {
  const names = extra.flatMap(at => files[at]?.software ?? []).flatMap(({ tags = [], container }) => tags[0] ?? container ?? []);
  return [...new Set(names)].map(visible);
}

/** What is known of software: what it calls itself, where it came from, and what tells this version from another one. */
export function softwareWords({ container, tags = [], source, digest, key }: Software, trans: TranslationBundle): string[] {
  return [
    ...(container === undefined ? [] : [trans.__('container %1', visible(container))]),
    ...tags.map(visible),
    ...(source === undefined ? [] : [trans.__('from %1', visible(source))]),
    ...(digest === undefined ? [] : [visible(digest)]),
    ...(key === undefined ? [] : [trans.__('key %1', visible(key))])
  ];
}
