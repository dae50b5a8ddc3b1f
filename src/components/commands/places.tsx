import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useState } from 'react';
import { shownName } from '../../protocol/names';
import { type ContentsPath, MAX_PATHS } from '../../protocol/paths';
import type { IPanelActions, IPlace } from '../types';

export interface IPlacesProps {
  dataset: ContentsPath;
  paths: readonly ContentsPath[];
  actions: Pick<IPanelActions, 'places'>;
  trans: TranslationBundle;
}

/** Where content that is not here is known to be: what to connect, or whom to ask. */
export function Places({ dataset, paths, actions, trans }: IPlacesProps): JSX.Element | null {
  const [places, setPlaces] = useState<readonly IPlace[] | null>(null);
  // A new list of the same paths is no other question.
  const asked = JSON.stringify(paths.slice(0, MAX_PATHS));
  useEffect(() => {
    let wanted = true;
    const named = JSON.parse(asked) as ContentsPath[];
    if (named.length > 0) {
      void actions.places(dataset, named).then(found => wanted && setPlaces(found));
    }
    return () => {
      wanted = false;
    };
  }, [actions, dataset, asked]);
  if (places === null) {
    return null;
  }
  return (
    <p>
      {places.length === 0
        ? trans.__('No place that this dataset has a sibling for is known to have it.')
        : trans.__('Known to be at: %1', places.map(place => placeWords(place, paths.length, trans)).join(', '))}
    </p>
  );
}

function placeWords({ name, files }: IPlace, total: number, trans: TranslationBundle): string {
  return files === total ? shownName(name) : trans._n('%2 (%1 file)', '%2 (%1 files)', files, shownName(name));
}
