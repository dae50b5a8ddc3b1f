import type { TranslationBundle } from '@jupyterlab/translation';
import { type RefObject, useEffect, useRef } from 'react';
import type { Conflict, Solution, Unfinished } from '../../protocol/branches';
import { plainName, shownName } from '../../protocol/names';
import type { ContentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import type { IPanelActions } from '../types';

export interface IConflictBlockProps {
  unfinished: Unfinished | null;
  conflicts: readonly Conflict[];
  dataset: ContentsPath;
  actions: Pick<IPanelActions, 'execute'>;
  trans: TranslationBundle;
}

/** Brings what has just come up into view: notices above it may have pushed it out. */
function useInView(isThere: boolean): RefObject<HTMLDivElement> {
  const node = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isThere && typeof node.current?.scrollIntoView === 'function') {
      node.current.scrollIntoView({ block: 'nearest' });
    }
  }, [isThere]);
  return node;
}

/** What git is in the middle of: the files to be settled, each by a choice, and then the way on or back. */
export function ConflictBlock({ unfinished, conflicts, dataset, actions, trans }: IConflictBlockProps): JSX.Element | null {
  const isThere = unfinished !== null || conflicts.length > 0;
  const node = useInView(isThere);
  if (!isThere) {
    return null;
  }
  const settle = (paths: readonly ContentsPath[], take: Solution): void =>
    void actions.execute(CommandIDs.resolve, { dataset, paths: [...paths], take });
  const end = (how: 'continue' | 'abort'): void => void actions.execute(CommandIDs.conclude, { dataset, how });
  return (
    <div ref={node} className="jp-Datalad-conflicts" role="group" aria-label={trans.__('What is not finished')}>
      <p className="jp-Datalad-text">
        <b>{titleOf(unfinished, trans)}</b> {wordsOf(unfinished, conflicts.length, trans)}
      </p>
      {conflicts.length > 0 && (
        <ul className="jp-Datalad-refList" aria-label={trans.__('Files in conflict')}>
          {conflicts.map(conflict => (
            <ConflictRow key={conflict.path} conflict={conflict} trans={trans} onSettle={take => settle([conflict.path], take)} />
          ))}
        </ul>
      )}
      <p className="jp-Datalad-branchButtons">
        {unfinished !== null && unfinished !== 'bisect' && (
          <button type="button" className="jp-Datalad-button" disabled={conflicts.length > 0} onClick={() => end('continue')}>
            {unfinished === 'merge' ? trans.__('Finish the merge') : trans.__('Go on with the %1', unfinished)}
          </button>
        )}
        {unfinished !== null && (
          <button type="button" className="jp-Datalad-button" onClick={() => end('abort')}>
            {trans.__('Give up…')}
          </button>
        )}
      </p>
    </div>
  );
}

function titleOf(unfinished: Unfinished | null, trans: TranslationBundle): string {
  return unfinished === null ? trans.__('Files are in conflict.') : trans.__('A %1 is not finished.', unfinished);
}

function wordsOf(unfinished: Unfinished | null, conflicts: number, trans: TranslationBundle): string {
  if (unfinished === 'bisect') {
    return trans.__('The files are those of an older commit, in search of the one that broke something.');
  }
  if (conflicts === 0) {
    return trans.__('No file is in conflict any more.');
  }
  return unfinished === 'rebase'
    ? trans.__('Choose for each file: in a rebase “mine” is the branch you rebase onto, and “theirs” is your own commit.')
    : trans.__('Both sides changed these files. Choose for each which version is right, or edit it and keep it as it is then.');
}

interface IConflictRowProps {
  conflict: Conflict;
  trans: TranslationBundle;
  onSettle(take: Solution): void;
}

function ConflictRow({ conflict, trans, onSettle }: IConflictRowProps): JSX.Element {
  const { name, mine, theirs, marked } = conflict;
  const shown = shownName(name);
  const plain = plainName(name);
  const button = (label: string, described: string, take: Solution): JSX.Element => (
    <button
      type="button"
      className="jp-Datalad-plain jp-Datalad-textButton"
      aria-label={described}
      onClick={() => onSettle(take)}
    >
      {label}
    </button>
  );
  return (
    <li className="jp-Datalad-ref">
      <span className="jp-Datalad-refLine">
        <span className="jp-Datalad-refName" title={shown}>
          {shown}
        </span>
        <span className="jp-Datalad-dim">{kindWords(conflict, trans)}</span>
      </span>
      <span className="jp-Datalad-refActions">
        {mine === null
          ? button(trans.__('Mine: deleted'), trans.__('Delete %1, as on my side', plain), 'mine')
          : button(trans.__('Mine'), trans.__('Take my version of %1', plain), 'mine')}
        {theirs === null
          ? button(trans.__('Theirs: deleted'), trans.__('Delete %1, as on their side', plain), 'theirs')
          : button(trans.__('Theirs'), trans.__('Take their version of %1', plain), 'theirs')}
        {marked !== true &&
          mine !== 'dataset' &&
          button(trans.__('As it is'), trans.__('Keep %1 as it is in the folder', plain), 'now')}
      </span>
    </li>
  );
}

function kindWords({ mine, theirs, edited }: Conflict, trans: TranslationBundle): string {
  const kinds = new Set([mine, theirs].filter(kind => kind !== null && kind !== 'git'));
  const words = [
    ...(kinds.has('annex') ? [trans.__('annex')] : []),
    ...(kinds.has('dataset') ? [trans.__('subdataset')] : []),
    ...(edited === true ? [trans.__('edited')] : [])
  ];
  return words.join(', ');
}
