import type { TranslationBundle } from '@jupyterlab/translation';
import type { Inspected } from '../../protocol/inspect';
import { ruleWords } from '../changes/destinationWords';

/** Where a file is kept. */
export function keptWords({ kind, change, missing }: Inspected, trans: TranslationBundle): string {
  const gone = missing === true && change === 'deleted' ? trans.__(', deleted and not saved') : '';
  switch (kind) {
    case 'annex':
    case 'annex-unlocked':
      return trans.__('In the annex%1', gone);
    case 'git':
      return trans.__('In Git%1', gone);
    case 'link':
      return trans.__('In Git, as a link%1', gone);
    default:
      return trans.__('Not saved, or ignored');
  }
}

/** Which rule puts a file of this name there; where the next save would do otherwise, that it would. */
export function ruledWords({ kind, ruled }: Inspected, trans: TranslationBundle): string | null {
  if (ruled === undefined) {
    return null;
  }
  const { to, rule } = ruled;
  const words = rule === undefined ? trans.__('no rule: all content goes into the annex') : ruleWords(rule, trans);
  const is = kind === 'git' ? 'git' : kind === 'other' ? null : 'annex';
  if (to === 'unknown' || is === null || to === is) {
    return words;
  }
  return to === 'git'
    ? trans.__('%1. Once it is changed, a save puts it into Git.', words)
    : trans.__('%1. Once it is changed, a save puts it into the annex.', words);
}

/** Why a key of this backend holds no checksum, or none that can be computed here. */
export function noChecksumWords(backend: string, trans: TranslationBundle): string {
  if (backend === 'URL' || backend === 'VURL') {
    return trans.__(
      '%1: the key was made from an address. It has no checksum, so nobody can tell whether content changed.',
      backend
    );
  }
  return backend === 'WORM'
    ? trans.__('%1: the key was made from a name, a size and a time. It has no checksum.', backend)
    : trans.__('%1: its checksum cannot be computed here.', backend);
}
