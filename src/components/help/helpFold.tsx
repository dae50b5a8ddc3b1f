import { type ReactNode, useId, useState } from 'react';
import type { HelpSubject } from '../../protocol/help';
import { HelpButton } from './helpButton';
import type { IHelpSource } from './helpSource';
import { HelpView } from './helpView';
import { useHelp } from './useHelp';
import { useOwnEnter } from './useOwnEnter';

export interface IHelpFoldProps {
  subject: HelpSubject;
  source: IHelpSource;
  /** What the button stands beside. */
  children: ReactNode;
}

/** A line with a button that unfolds help below it: in a dialog no other one can open. */
export function HelpFold({ subject, source, children }: IHelpFoldProps): JSX.Element {
  const { read, trans } = source;
  const id = useId();
  const [open, setOpen] = useState(false);
  const state = useHelp(open ? subject : null, read);
  const inside = useOwnEnter<HTMLDivElement>();
  return (
    <div ref={inside}>
      <div className="jp-Datalad-helpLine">
        {children}
        <HelpButton trans={trans} expanded={open} controls={id} onClick={() => setOpen(!open)} />
      </div>
      <div id={id} className="jp-Datalad-helpFold" role="group" aria-label={trans.__('Help on %1', subject)} hidden={!open}>
        {open && <HelpView state={state} trans={trans} />}
      </div>
    </div>
  );
}
