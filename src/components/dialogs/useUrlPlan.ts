import { useEffect, useState } from 'react';
import { expectedFailure, type Failure } from '../../protocol/failure';
import type { UrlTablePlan } from '../../protocol/urlTable';
import type { IAddUrlsQuestion, IUrlTable } from './dialogs';

/** Milliseconds without a key after which it is looked up. */
const PAUSE = 300;

interface IFound {
  readonly plan: UrlTablePlan | null;
  /** Why there is none. */
  readonly failure: Failure | null;
}

const NONE: IFound = { plan: null, failure: null };

/** What would be downloaded by a table, looked up again whenever that changes; until then as it was, but never that of another table. */
export function useUrlPlan({ plan }: Pick<IAddUrlsQuestion, 'plan'>, table: IUrlTable | null): IFound {
  const [found, setFound] = useState<{ table: string | undefined; answer: IFound }>({ table: undefined, answer: NONE });
  const asked = JSON.stringify(table);
  useEffect(() => {
    if (table === null) {
      return undefined;
    }
    const given = new AbortController();
    const tell = (answer: IFound): void => {
      if (!given.signal.aborted) {
        setFound({ table: table.table, answer });
      }
    };
    const look = (): Promise<void> =>
      plan(table, given.signal).then(
        answer => tell({ plan: answer, failure: null }),
        (reason: unknown) => tell({ plan: null, failure: given.signal.aborted ? null : expectedFailure(reason) })
      );
    const timer = setTimeout(look, PAUSE);
    return () => {
      clearTimeout(timer);
      given.abort();
    };
    // Nothing else of the table matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);
  return table !== null && found.table === table.table ? found.answer : NONE;
}
