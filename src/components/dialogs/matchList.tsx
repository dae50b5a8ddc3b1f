import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { shownName } from '../../protocol/names';
import type { RunMatch } from '../../protocol/runRequest';

/** Lines that are told of, the first ones. */
const SHOWN = 20;

export interface IMatchListProps {
  matches: readonly RunMatch[];
  kind: 'inputs' | 'outputs';
  trans: TranslationBundle;
}

/** What each line of a list of inputs or outputs stands for. */
export function MatchList({ matches, kind, trans }: IMatchListProps): ReactElement | null {
  const label = kind === 'inputs' ? trans.__('Files that are inputs') : trans.__('Files that are outputs');
  return matches.length === 0 ? null : (
    <ul className="jp-Datalad-matches" aria-label={label}>
      {matches.slice(0, SHOWN).map((match, at) => (
        <li key={at}>
          <code>{shownName(match.pattern)}</code> {wordsOf(match, kind, trans)}
        </li>
      ))}
    </ul>
  );
}

function wordsOf({ found, count, names, pattern }: RunMatch, kind: IMatchListProps['kind'], trans: TranslationBundle): string {
  if (found === 'none') {
    return kind === 'inputs' ? trans.__('is not there') : trans.__('is not there yet');
  }
  if (found === 'folders') {
    return trans.__('is not there; only %1 is', names.map(shownName).join(', '));
  }
  if (found === 'folder') {
    return kind === 'inputs'
      ? trans.__('is a folder: all in it is got')
      : trans.__('is a folder. To have the files in it cleared before, name them: %1/*', shownName(pattern));
  }
  const shown = names.map(shownName).join(', ');
  if (count === 1 && names[0] === pattern) {
    return trans.__('is there');
  }
  return count > names.length ? trans.__('%1 files: %2, …', count, shown) : trans._n('%1 file: %2', '%1 files: %2', count, shown);
}
