import type { TranslationBundle } from '@jupyterlab/translation';
import type { IComparisonState } from '../../models/comparisonModel';
import type { Differences } from '../../protocol/compare';
import { FailureBlock } from '../failures/failureBlock';

export interface IWhenReadProps {
  state: Pick<IComparisonState, 'phase' | 'differences' | 'failure'>;
  /** What is said until then. */
  waiting: string;
  trans: TranslationBundle;
  onRefresh(): void;
  children(differences: Differences): JSX.Element;
}

/** Shows what was read once it is there; until then that it is read, or why it cannot be. */
export function WhenRead({ state, waiting, trans, onRefresh, children }: IWhenReadProps): JSX.Element {
  const { phase, differences, failure } = state;
  if (phase === 'failed' && failure !== null) {
    return (
      <div className="jp-Datalad-compareScroll" role="alert">
        <FailureBlock failure={failure} trans={trans} onAction={onRefresh} />
      </div>
    );
  }
  return differences === null ? <p className="jp-Datalad-compareNote">{waiting}</p> : children(differences);
}
