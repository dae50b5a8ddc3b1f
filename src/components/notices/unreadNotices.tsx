import type { TranslationBundle } from '@jupyterlab/translation';
import type { Summary, SummaryPart } from '../../protocol/dataset';
import type { Failure } from '../../protocol/failure';
import { FailureBlock } from '../failures/failureBlock';

type Unread = NonNullable<Summary['unread']>;

interface IUnreadNoticesProps {
  unread: Unread;
  trans: TranslationBundle;
  onAction(command: string): void;
}

/** Why parts of the panel are empty: one notice for each cause, with the parts that it hides. */
export function UnreadNotices({ unread, trans, onAction }: IUnreadNoticesProps): JSX.Element {
  return (
    <>
      {byCause(unread).map(({ failure, parts }) => (
        <FailureBlock key={causeOf(failure)} failure={failure} trans={trans} onAction={onAction}>
          <span className="jp-Datalad-dim">
            {trans.__('Not shown: %1.', parts.map(part => partWord(part, trans)).join(', '))}
          </span>
        </FailureBlock>
      ))}
    </>
  );
}

function byCause(unread: Unread): { failure: Failure; parts: SummaryPart[] }[] {
  const causes = new Map<string, { failure: Failure; parts: SummaryPart[] }>();
  for (const { part, failure } of unread) {
    const cause = causes.get(causeOf(failure)) ?? { failure, parts: [] };
    cause.parts.push(part);
    causes.set(causeOf(failure), cause);
  }
  return [...causes.values()];
}

function causeOf({ kind, parameters, message }: Failure): string {
  return `${kind} ${kind === 'unknown' ? message : (parameters?.part ?? '')}`;
}

function partWord(part: SummaryPart, trans: TranslationBundle): string {
  switch (part) {
    case 'branch':
      return trans.__('branch');
    case 'changes':
      return trans.__('changes');
    case 'siblings':
      return trans.__('siblings');
    case 'subdatasets':
      return trans.__('changes in subdatasets');
    case 'obstacles':
      return trans.__('what stands in the way');
  }
}
