import type { TranslationBundle } from '@jupyterlab/translation';
import type { Failure } from '../../protocol/failure';
import type { Commit } from '../../protocol/history';
import type { Origin } from '../../protocol/inspect';
import type { ContentsPath } from '../../protocol/paths';
import { failureWords } from '../failures/words';
import { formatAge } from '../history/age';
import { subjectOf } from '../history/commitRow';
import { RunButtons } from '../history/runButtons';
import { RunView } from '../history/runView';
import type { IPanelActions } from '../types';

export interface IOriginViewProps {
  /** Null until it has been read. */
  origin: Origin | null;
  failure: Failure | null;
  trans: TranslationBundle;
  now: number;
  /** Shows a commit; without one the history of the file. */
  onHistory(commit?: string): void;
  /** Shows who changed each line; null where there are none. */
  onBlame: (() => void) | null;
  /** Shows what the file was made from, step by step. */
  onProvenance(): void;
  /** The dataset of the file. */
  dataset: ContentsPath;
  execute: IPanelActions['execute'];
  /** Gets the content of a file. */
  onGet(file: ContentsPath): void;
}

/** Where a file comes from: its last commit, and the run that made it. */
export function OriginView(props: IOriginViewProps): JSX.Element {
  const { origin, failure, trans, now, dataset, execute, onHistory, onBlame, onProvenance, onGet } = props;
  if (failure !== null) {
    const { title, text } = failureWords(failure, { trans, names: [] });
    return <p className="jp-Datalad-text">{trans.__('This cannot be told. %1', `${title} ${text}`)}</p>;
  }
  if (origin === null) {
    return <p className="jp-Datalad-text jp-Datalad-dim">{trans.__('Reading…')}</p>;
  }
  const { last, run } = origin;
  return (
    <>
      {last === null ? (
        <p className="jp-Datalad-text">{trans.__('It was never saved.')}</p>
      ) : (
        <p className="jp-Datalad-text">
          {trans.__('Last saved:')} <CommitLink commit={last} trans={trans} now={now} onHistory={onHistory} />
        </p>
      )}
      {run !== null && (
        <>
          <p className="jp-Datalad-text">
            {trans.__('Made by a run:')} <CommitLink commit={run.commit} trans={trans} now={now} onHistory={onHistory} />
          </p>
          <RunView record={run.record} trans={trans} onGet={onGet} />
          <p className="jp-Datalad-branchButtons">
            <RunButtons execute={execute} commit={run.commit.id} {...{ dataset, trans }} />
          </p>
          <p className="jp-Datalad-text jp-Datalad-dim">
            {run.unchanged ? trans.__('The last save is as the run left it.') : trans.__('It was changed since.')}
          </p>
        </>
      )}
      <p className="jp-Datalad-branchButtons">
        {run !== null && (
          <button type="button" className="jp-Datalad-button" onClick={onProvenance}>
            {trans.__('How Was This Made?')}
          </button>
        )}
        {last !== null && (
          <button type="button" className="jp-Datalad-button" onClick={() => onHistory()}>
            {trans.__('History of this file')}
          </button>
        )}
        {last !== null && onBlame !== null && (
          <button type="button" className="jp-Datalad-button" onClick={onBlame}>
            {trans.__('Who Changed Each Line')}
          </button>
        )}
      </p>
    </>
  );
}

interface ICommitLinkProps extends Pick<IOriginViewProps, 'trans' | 'now' | 'onHistory'> {
  commit: Commit;
}

function CommitLink({ commit, trans, now, onHistory }: ICommitLinkProps): JSX.Element {
  return (
    <>
      <button type="button" className="jp-Datalad-textButton" onClick={() => onHistory(commit.id)}>
        {subjectOf(commit, trans)}
      </button>{' '}
      <span className="jp-Datalad-dim">{formatAge(commit.time, now, trans)}</span>
    </>
  );
}
