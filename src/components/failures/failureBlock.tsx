import type { TranslationBundle } from '@jupyterlab/translation';
import { Children, type ReactNode } from 'react';
import type { Failure } from '../../protocol/failure';
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
  children?: ReactNode;
}

const SHOWN = 5;

/** Title, reason, cure as a button, and the raw text folded. */
export function FailureBlock(props: IFailureBlockProps): JSX.Element {
  const { failure, names = [], gravity = 'error', trans, onAction, canRetry = true, children } = props;
  const { title, text, action } = failureWords(failure, { trans, names });
  const offered = action?.command === 'retry' && !canRetry ? undefined : action;
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
      {failure.detail !== undefined && failure.detail !== '' && (
        <details open={failure.kind === 'command-failed'}>
          <summary>
            {failure.kind === 'command-failed' ? trans.__('The end of what it printed') : trans.__('What DataLad said')}
          </summary>
          <pre tabIndex={0}>{failure.detail}</pre>
        </details>
      )}
    </div>
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
