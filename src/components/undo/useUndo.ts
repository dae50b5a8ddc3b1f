import { useEffect, useRef, useState } from 'react';
import { isEnded, type Job } from '../../protocol/job';
import type { ContentsPath } from '../../protocol/paths';
import type { KeptDiscard, UndoPlan } from '../../protocol/undo';
import type { IPanelActions } from '../types';

/** What can be undone in the dataset in view. */
export interface IUndo {
  /** The job that would be undone; null where there is none. */
  readonly plan: UndoPlan | null;
  readonly kept: readonly KeptDiscard[];
}

const NONE: IUndo = { plan: null, kept: [] };

/** Asks what can be undone, and again whenever a job has ended or the dataset has other changes. */
export function useUndo(
  dataset: ContentsPath | null,
  jobs: readonly Job[],
  { changes, actions }: { changes: unknown; actions: Pick<IPanelActions, 'undoable' | 'discarded'> }
): IUndo {
  const [answer, setAnswer] = useState<{ dataset: ContentsPath; undo: IUndo } | null>(null);
  // Where nothing could be undone and still cannot, there is nothing to draw.
  const isKnown = useRef(false);
  const ended = jobs.find(isEnded)?.id;
  useEffect(() => {
    let wanted = true;
    if (dataset !== null) {
      void Promise.all([actions.undoable(dataset), actions.discarded(dataset)]).then(([plan, kept]) => {
        if (wanted && (isKnown.current || plan !== null || kept.length > 0)) {
          isKnown.current = true;
          setAnswer({ dataset, undo: { plan, kept } });
        }
      });
    }
    return () => {
      wanted = false;
    };
  }, [actions, dataset, ended, changes]);
  // The answer for the dataset shown before is no answer.
  return answer !== null && answer.dataset === dataset ? answer.undo : NONE;
}
