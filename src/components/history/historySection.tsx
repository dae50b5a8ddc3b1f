import type { TranslationBundle } from '@jupyterlab/translation';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Commit, HistorySearch } from '../../protocol/history';
import type { ContentsPath } from '../../protocol/paths';
import type { CommitId } from '../../protocol/revision';
import { CommandIDs, type IHistoryState } from '../../tokens';
import { failureWords } from '../failures/words';
import { branchIcon } from '../icons';
import { relativeName } from '../names';
import type { IPanelActions } from '../types';
import { VirtualList } from '../virtualList';
import { COMMIT_HEIGHT, CommitRow } from './commitRow';
import { CommitView } from './commitView';
import { layoutGraph, widthOf } from './graph';
import { graphWidth } from './graphCell';
import { SearchForm } from './searchForm';

const BranchesPage = lazy(async () => ({ default: (await import('../branches/branchesPage')).BranchesPage }));

/** What the section sets in motion beside the panel's own actions. */
export interface IHistoryActions {
  setPath(path: ContentsPath | null): void;
  setSearch(search: HistorySearch): void;
  more(): void;
  showBranches(shown: boolean): void;
  select(commit: CommitId | null, parent?: CommitId): void;
}

export interface IHistorySectionProps {
  state: IHistoryState;
  dataset: ContentsPath;
  /** The history is of a text that may have lines. */
  hasLines?: boolean;
  history: IHistoryActions;
  actions: Pick<IPanelActions, 'execute' | 'has' | 'copy' | 'openCommitMenu'>;
  trans: TranslationBundle;
  /** The moment that ages are told from. */
  now: number;
}

/** The history of the dataset as a list with its graph; a commit of it takes the place of the list until one goes back. */
export function HistorySection(props: IHistorySectionProps): JSX.Element {
  const { state, dataset, hasLines = false, history, actions, trans, now } = props;
  const { selected, details, branchesShown } = state;
  const list = useRef<HTMLDivElement>(null);
  const back = useCallback(() => {
    history.select(null);
    // Where one came from.
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[data-roving][tabindex="0"]')?.focus());
  }, [history]);
  const leaveBranches = useCallback(() => {
    history.showBranches(false);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[data-branches]')?.focus());
  }, [history]);
  return (
    <>
      {branchesShown && (
        <Suspense fallback={<Reading trans={trans} />}>
          <BranchesPage
            branches={state.branches}
            {...{ dataset, actions, trans, now }}
            onSelect={history.select}
            onBack={leaveBranches}
          />
        </Suspense>
      )}
      {selected !== null && (
        <CommitView
          key={selected}
          commit={selected}
          details={details}
          path={state.path}
          file={state.commits.find(({ id }) => id === selected)?.path ?? null}
          {...{ dataset, history, actions, trans, now }}
          onBack={back}
        />
      )}
      <div ref={list} hidden={selected !== null || branchesShown}>
        <SearchForm
          key={`${dataset}\n${state.path ?? ''}`}
          search={state.search}
          branch={state.branch}
          ofPath={state.path !== null}
          trans={trans}
          onSearch={history.setSearch}
        >
          <button
            type="button"
            className="jp-Datalad-button jp-Datalad-branchesButton"
            data-branches=""
            onClick={() => history.showBranches(true)}
          >
            <branchIcon.react tag="span" width="14px" height="14px" />
            {trans.__('Branches')}
          </button>
        </SearchForm>
        {state.path !== null && (
          <p className="jp-Datalad-text jp-Datalad-historyOf">
            <span>{trans.__('Of %1', relativeName(state.path, dataset))}</span>
            <button type="button" className="jp-Datalad-button" onClick={() => history.setPath(null)}>
              {trans.__('Show all')}
            </button>
            {hasLines && actions.has(CommandIDs.blame) && (
              <button
                type="button"
                className="jp-Datalad-button"
                onClick={() => void actions.execute(CommandIDs.blame, { dataset, path: state.path })}
              >
                {trans.__('Who Changed Each Line')}
              </button>
            )}
          </p>
        )}
        <CommitList state={state} history={history} trans={trans} now={now} />
      </div>
    </>
  );
}

function Reading({ trans }: { trans: TranslationBundle }): JSX.Element {
  return (
    <p className="jp-Datalad-text jp-Datalad-dim" role="status">
      {trans.__('Reading…')}
    </p>
  );
}

const keyOf = ({ id }: Commit): string => id;

function CommitList({
  state,
  history,
  trans,
  now
}: Pick<IHistorySectionProps, 'state' | 'history' | 'trans' | 'now'>): JSX.Element {
  const { commits, path, search, subdatasets, more, phase } = state;
  const whole = path === null && Object.keys(search).length === 0;
  const graph = useMemo(() => (whole ? layoutGraph(commits) : []), [commits, whole]);
  const rows = useMemo(() => new Map(commits.map(({ id }, at) => [id, graph[at]])), [commits, graph]);
  const width = graphWidth(graph.reduce((widest, row) => Math.max(widest, widthOf(row)), 1));
  return (
    <>
      {commits.length > 0 && (
        <VirtualList
          items={commits}
          label={trans.__('Commits')}
          keyOf={keyOf}
          rowHeight={COMMIT_HEIGHT}
          {...(more ? { onNearEnd: history.more } : {})}
          row={(commit, tabIndex) => (
            <CommitRow
              commit={commit}
              graph={rows.get(commit.id)}
              graphWidth={width}
              subdataset={subdatasets.has(commit.id)}
              now={now}
              tabIndex={tabIndex}
              trans={trans}
              onSelect={history.select}
            />
          )}
        />
      )}
      <p className="jp-Datalad-text jp-Datalad-dim" role="status">
        {phase === 'loading' ? trans.__('Reading…') : endWords(state, whole, trans)}
      </p>
    </>
  );
}

/** What there is to say below the list. */
function endWords({ commits, more, failure }: IHistoryState, whole: boolean, trans: TranslationBundle): string {
  if (failure !== null) {
    const { title, text } = failureWords(failure, { trans, names: [] });
    return commits.length > 0 ? trans.__('History cannot be read any further. %1', `${title} ${text}`) : `${title} ${text}`;
  }
  if (commits.some(({ shallow }) => shallow === true) && !more) {
    return trans.__('This clone is shallow: what was before is not in it. “git fetch --unshallow” in a terminal brings it.');
  }
  if (commits.length > 0 || more) {
    return '';
  }
  return whole ? trans.__('Nothing has been saved yet.') : trans.__('Nothing fits.');
}

/** The time, now and then: ages need no more. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
