import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Summary } from '../../protocol/dataset';
import { type Destination, MAX_DESTINATIONS } from '../../protocol/destination';
import type { ContentsPath } from '../../protocol/paths';
import type { IPanelActions } from '../types';

export interface IDestinations {
  readonly known: ReadonlyMap<ContentsPath, Destination>;
  /** Some paths are in view: those not known yet are asked for, together with others of the same moment. */
  want(paths: readonly ContentsPath[]): void;
}

const NONE: ReadonlyMap<ContentsPath, Destination> = new Map();

/**
 * Where a save would put the changes that are in view. With each new list of changes all of it is asked anew; what was known stays until
 * the answer, so that nothing flickers.
 */
export function useDestinations(
  { dataset, changes }: Pick<Summary, 'dataset' | 'changes'>,
  actions: Pick<IPanelActions, 'destinations'>
): IDestinations {
  const [state, setState] = useState({ dataset: dataset.path, known: NONE });
  const asked = useRef(new Set<ContentsPath>());
  const waiting = useRef(new Set<ContentsPath>());
  const round = useRef(0);
  const [wants, setWants] = useState(0);

  // Before the effects of the rows, which then want theirs anew.
  useLayoutEffect(() => {
    asked.current = new Set();
    round.current += 1;
  }, [changes]);

  useEffect(() => {
    const paths = [...waiting.current].slice(0, MAX_DESTINATIONS);
    if (paths.length === 0) {
      return;
    }
    paths.forEach(path => waiting.current.delete(path));
    if (waiting.current.size > 0) {
      setWants(count => count + 1);
    }
    const { path } = dataset;
    const own = round.current;
    void actions.destinations(path, paths).then(found => {
      if (found !== null && own === round.current) {
        setState(old => {
          const known = new Map(old.dataset === path ? old.known : NONE);
          paths.forEach(one => known.delete(one));
          found.forEach(destination => known.set(destination.path, destination));
          return { dataset: path, known };
        });
      }
    });
  }, [wants, dataset, actions]);

  const want = useCallback((paths: readonly ContentsPath[]) => {
    const fresh = paths.filter(path => !asked.current.has(path));
    if (fresh.length > 0) {
      fresh.forEach(path => {
        asked.current.add(path);
        waiting.current.add(path);
      });
      setWants(count => count + 1);
    }
  }, []);

  return { known: state.dataset === dataset.path ? state.known : NONE, want };
}
