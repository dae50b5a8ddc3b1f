import type { TranslationBundle } from '@jupyterlab/translation';
import { Children, type ReactNode } from 'react';
import type { Failure } from '../../protocol/failure';
import { Printed } from '../printed';
import { failureWords } from './words';

/** How grave it is: only loss and failure are red. */
export type Gravity = 'info' | 'warning' | 'error';

export interface IFailureBlockProps {
  failure: Failure;
  /** The files it is about. */
  names?: readonly string[];
  gravity?: Gravity;
  trans: TranslationBundle;
  /** Does what mends it: executes a command, or the same work again for `retry`. */
  onAction(command: string): void;
  /** Commands that can be offered here; all when absent. */
  canRetry?: boolean;
  /** What the work printed, where the failure itself does not have it: its end is shown. */
  printed?: string;
  children?: ReactNode;
}

const SHOWN = 5;

/** Lines at the end of what a command printed that are in view; the rest is folded. */
const LAST_LINES = 12;

/** Title, reason, cure as a button, and the raw text folded, but for the end of what a command printed. */
export function FailureBlock(props: IFailureBlockProps): JSX.Element {
  const { failure, names = [], gravity = 'error', trans, onAction, canRetry = true, printed = '', children } = props;
  const { title, text, action } = failureWords(failure, { trans, names });
  const offered = action?.command === 'retry' && !canRetry ? undefined : action;
  const ownEnd = failure.kind === 'command-failed';
  const end = ownEnd ? (failure.detail ?? '') : printed;
  return (
    <div className="jp-Datalad-note" data-gravity={gravity}>
      <strong className="jp-Datalad-noteTitle">{title}</strong>
      {names.length > 1 && <Names names={names} trans={trans} />}
      {text !== '' && <p>{text}</p>}
      {(offered !== undefined || Children.toArray(children).length > 0) && (
        <div className="jp-Datalad-buttons">
          {offered !== undefined && (
            <button type="button" className="jp-Datalad-button" onClick={() => onAction(offered.command)}>
              {offered.label}
            </button>
          )}
          {children}
        </div>
      )}
      {end.trim() !== '' && <End text={end.trim()} trans={trans} />}
      {!ownEnd && failure.detail !== undefined && failure.detail !== '' && (
        <details>
          <summary>{trans.__('What DataLad said')}</summary>
          <Printed label={trans.__('What DataLad said')} text={failure.detail} />
        </details>
      )}
    </div>
  );
}

function End({ text, trans }: { text: string; trans: TranslationBundle }): JSX.Element {
  const label = trans.__('The end of what it printed');
  const lines = text.split('\n');
  return (
    <>
      <p>{label}</p>
      <Printed label={label} text={lines.slice(-LAST_LINES).join('\n')} />
      {lines.length > LAST_LINES && (
        <details>
          <summary>{trans.__('More of it')}</summary>
          <Printed label={trans.__('More of it')} text={text} />
        </details>
      )}
    </>
  );
}

function Names({ names, trans }: { names: readonly string[]; trans: TranslationBundle }): JSX.Element {
  const more = names.length - SHOWN;
  return (
    <ul className="jp-Datalad-names">
      {names.slice(0, SHOWN).map(name => (
        <li key={name} title={name}>
          {name}
        </li>
      ))}
      {more > 0 && <li className="jp-Datalad-dim">{trans._n('and %1 more', 'and %1 more', more)}</li>}
    </ul>
  );
}
