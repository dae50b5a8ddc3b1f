import { useEffect, useState } from 'react';
import type { HiddenListing, Totals } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import type { IPanelActions } from '../types';

/** What the branch hides of a folder, read again when the dataset's totals change; null before the first answer. */
export function useHidden(folder: ContentsPath, totals: Totals, actions: Pick<IPanelActions, 'hidden'>): HiddenListing | null {
  const [listing, setListing] = useState<HiddenListing | null>(null);
  useEffect(() => {
    let wanted = true;
    if (!totals.counting) {
      void actions.hidden(folder).then(answer => wanted && setListing(answer));
    }
    return () => {
      wanted = false;
    };
  }, [folder, totals, actions]);
  // The answer for the folder shown before is no answer.
  return listing?.folder === folder ? listing : null;
}
