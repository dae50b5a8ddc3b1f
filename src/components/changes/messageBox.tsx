import { caretDownIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type KeyboardEvent, useId } from 'react';
import type { Messages } from '../../protocol/messages';
import { shownName } from '../../protocol/names';

export interface IMessageBoxProps {
  value: string;
  /** Null while they are not known. */
  messages: Messages | null;
  trans: TranslationBundle;
  onChange(value: string): void;
  /** Ctrl+Enter. */
  onAccept(): void;
}

/** Longer first lines are cut in the list. */
const LINE = 60;

/** The message of the next save. In an empty box the arrow keys bring back earlier messages, as in a shell; a list has them, too. */
export function MessageBox({ value, messages, trans, onChange, onAccept }: IMessageBoxProps): JSX.Element {
  const id = useId();
  const earlier = messages === null ? [] : [...(messages.template === undefined ? [] : [messages.template]), ...messages.recent];
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      onAccept();
      return;
    }
    const next = event.shiftKey || event.altKey ? undefined : neighbour(event.key, value, messages?.recent ?? []);
    if (next !== undefined) {
      event.preventDefault();
      onChange(next);
    }
  };
  return (
    <div className="jp-Datalad-messageBox">
      <textarea
        className="jp-Datalad-message"
        aria-label={trans.__('Message')}
        aria-describedby={earlier.length > 0 ? id : undefined}
        placeholder={trans.__('What did you do?')}
        rows={2}
        value={value}
        onChange={event => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {earlier.length > 0 && (
        <>
          <span id={id} hidden>
            {trans.__('Arrow up in the empty box brings earlier messages.')}
          </span>
          <span className="jp-Datalad-earlier" title={trans.__('Earlier messages')}>
            <caretDownIcon.react tag="span" width="14px" height="14px" />
            <select
              aria-label={trans.__('Earlier messages')}
              value=""
              onChange={event => onChange(earlier[Number(event.currentTarget.value)] ?? value)}
            >
              <option value="" disabled hidden>
                {trans.__('Earlier messages')}
              </option>
              {earlier.map((message, at) => (
                <option key={message} value={at}>
                  {at === 0 && messages?.template !== undefined
                    ? trans.__('Template: %1', firstLine(message))
                    : firstLine(message)}
                </option>
              ))}
            </select>
          </span>
        </>
      )}
    </div>
  );
}

/** Above the last message is the one before it; below the newest the box is empty again. A text of one's own is left alone. */
function neighbour(key: string, value: string, recent: readonly string[]): string | undefined {
  const at = value === '' ? -1 : recent.indexOf(value);
  if (value !== '' && at < 0) {
    return undefined;
  }
  if (key === 'ArrowUp') {
    return recent[at + 1];
  }
  return key === 'ArrowDown' && at >= 0 ? (recent[at - 1] ?? '') : undefined;
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n');
  return shownName(line.length > LINE ? `${line.slice(0, LINE)}…` : line.trim());
}
