import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useMemo } from 'react';
import { HistorySection, type IHistoryActions, useNow } from '../components/history/historySection';
import type { IPanelActions } from '../components/types';
import type { ContentsPath } from '../protocol/paths';
import type { IDatalad, IHistoryState } from '../tokens';
import { useModel } from './useModel';

export interface IConnectedHistoryProps {
  datalad: IDatalad;
  dataset: ContentsPath;
  actions: IPanelActions;
  trans: TranslationBundle;
  active: boolean;
}

/** The section History joined to its model, which reads and listens only while this is drawn and can be seen. */
export function ConnectedHistory({ datalad, dataset, actions, trans, active }: IConnectedHistoryProps): JSX.Element | null {
  const model = datalad.history;
  const state = useModel(model, ({ state }) => state, active);
  const now = useNow();
  useEffect(() => {
    const held = active ? model.hold(dataset) : null;
    return () => held?.dispose();
  }, [model, dataset, active]);
  const history = useMemo<IHistoryActions>(
    () => ({
      setPath: path => model.setPath(path),
      setSearch: search => model.setSearch(search),
      more: () => void model.more(),
      showBranches: shown => model.showBranches(shown),
      select: (commit, parent) => model.select(commit, parent)
    }),
    [model]
  );
  return state.dataset === dataset ? (
    <HistorySection hasLines={hasLines(datalad, state)} {...{ state, dataset, history, actions, trans, now }} />
  ) : null;
}

/** By what is known of its row; of a file in no folder that is shown, that it was followed as files are. */
function hasLines({ rows }: IDatalad, { path, commits }: IHistoryState): boolean {
  const kind = path === null ? undefined : rows.get(path)?.kind;
  return kind === undefined ? commits.some(commit => commit.path !== undefined) : kind === 'git';
}
