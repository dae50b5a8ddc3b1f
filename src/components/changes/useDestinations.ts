import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Summary } from '../../protocol/dataset';
import { type Destination, MAX_DESTINATIONS } from '../../protocol/destination';
import type { ContentsPath } from '../../protocol/paths';
import type { IPanelActions } from '../types';

export interface IDestinations {
  readonly known: ReadonlyMap<ContentsPath, Destination>;
  /** Some paths of a dataset are in view: those not known yet are asked for, together with others of the same moment. */
  want(dataset: ContentsPath, paths: readonly ContentsPath[]): void;
}

const NONE: ReadonlyMap<ContentsPath, Destination> = new Map();

/**
 * Where a save would put the changes that are in view, those inside of subdatasets by the rules of these. With each new list of changes all of it is asked anew; what was known stays until
 * the answer, so that nothing flickers.
 */
export function useDestinations(
  { dataset, changes }: Pick<Summary, 'dataset' | 'changes'>,
  actions: Pick<IPanelActions, 'destinations'>
): IDestinations {
  const [state, setState] = useState({ dataset: dataset.path, known: NONE });
  const asked = useRef(new Set<ContentsPath>());
  /** Paths by the dataset they are in. */
  const waiting = useRef(new Map<ContentsPath, Set<ContentsPath>>());
  const round = useRef(0);
  const [wants, setWants] = useState(0);

  // Before the effects of the rows, which then want theirs anew.
  useLayoutEffect(() => {
    asked.current = new Set();
    round.current += 1;
  }, [changes]);

  useEffect(() => {
    const [next] = waiting.current;
    if (next === undefined) {
      return;
    }
    const [around, some] = next;
    const paths = [...some].slice(0, MAX_DESTINATIONS);
    paths.forEach(path => some.delete(path));
    if (some.size === 0) {
      waiting.current.delete(around);
    }
    if (waiting.current.size > 0) {
      setWants(count => count + 1);
    }
    const { path } = dataset;
    const own = round.current;
    void actions.destinations(around, paths).then(found => {
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

  const want = useCallback((around: ContentsPath, paths: readonly ContentsPath[]) => {
    const fresh = paths.filter(path => !asked.current.has(path));
    if (fresh.length > 0) {
      const some = waiting.current.get(around) ?? new Set();
      waiting.current.set(around, some);
      fresh.forEach(path => {
        asked.current.add(path);
        some.add(path);
      });
      setWants(count => count + 1);
    }
  }, []);

  return { known: state.dataset === dataset.path ? state.known : NONE, want };
}
