import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useId, useState } from 'react';
import type { Totals } from '../../protocol/dataset';
import type { Copies } from '../../protocol/inspect';
import type { ContentsPath } from '../../protocol/paths';
import { CopiesView } from '../inspector/copiesView';
import { relativeName } from '../names';
import type { IPanelActions } from '../types';

/** Milliseconds in which nothing more came or went, before they are read again: in a large dataset that takes seconds. */
const PAUSE = 1_000;

export interface ICopiesFoldProps {
  dataset: ContentsPath;
  /** The folder in view. */
  folder: ContentsPath;
  totals: Totals;
  actions: Pick<IPanelActions, 'copies'>;
  trans: TranslationBundle;
}

/** Where the copies of what is in the folder in view are; read once it is unfolded. */
export function CopiesFold({ dataset, folder, totals, actions, trans }: ICopiesFoldProps): JSX.Element {
  const id = useId();
  const [open, setOpen] = useState(false);
  const copies = useCopies({ dataset, folder, totals, actions, open });
  const Caret = open ? caretDownIcon.react : caretRightIcon.react;
  return (
    <div className="jp-Datalad-copiesFold">
      <button
        type="button"
        className="jp-Datalad-plain jp-Datalad-copiesHeading"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Caret tag="span" className="jp-Datalad-caret" width="16px" />
        {folder === dataset
          ? trans.__('Where are the copies?')
          : trans.__('Where are the copies of %1?', relativeName(folder, dataset))}
      </button>
      {open && (
        <div id={id}>
          {copies === null ? (
            <p className="jp-Datalad-text jp-Datalad-dim" role="status">
              {trans.__('Reading…')}
            </p>
          ) : (
            <CopiesView copies={copies} trans={trans} />
          )}
        </div>
      )}
    </div>
  );
}

/** Read again when the dataset's totals change; what is known of the same folder stays until the answer. */
function useCopies({
  dataset,
  folder,
  totals,
  actions,
  open
}: Omit<ICopiesFoldProps, 'trans'> & { open: boolean }): Copies | null {
  const [known, setKnown] = useState<{ folder: ContentsPath; copies: Copies } | null>(null);
  const isKnown = known?.folder === folder;
  useEffect(() => {
    let wanted = true;
    const ask = (): void =>
      void actions.copies(dataset, [folder]).then(copies => wanted && copies !== null && setKnown({ folder, copies }));
    const timer = open && !totals.counting ? setTimeout(ask, isKnown ? PAUSE : 0) : undefined;
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
    // That it is known by now is no reason to ask again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [dataset, folder, totals, actions, open]);
  return isKnown ? known.copies : null;
}
