import { useEffect, useState } from 'react';
import { expectedFailure, type Failure } from '../../protocol/failure';
import type { CommandHelp, HelpSubject } from '../../protocol/help';
import type { ReadHelp } from './helpSource';

export type HelpState = { help: CommandHelp } | { failure: Failure };

/** The help on a command; null until it is here, or while none is asked for. */
export function useHelp(subject: HelpSubject | null, read: ReadHelp): HelpState | null {
  const [known, setKnown] = useState<{ subject: HelpSubject; state: HelpState } | null>(null);
  useEffect(() => {
    let wanted = true;
    const tell = (state: HelpState): void => {
      if (wanted && subject !== null) {
        setKnown({ subject, state });
      }
    };
    if (subject !== null) {
      read(subject).then(
        help => tell({ help }),
        (reason: unknown) => tell({ failure: expectedFailure(reason) })
      );
    }
    return () => {
      wanted = false;
    };
  }, [subject, read]);
  return known !== null && known.subject === subject ? known.state : null;
}
