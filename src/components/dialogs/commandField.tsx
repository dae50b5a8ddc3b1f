import type { TranslationBundle } from '@jupyterlab/translation';
import { type ReactElement, useEffect, useId, useRef, useState } from 'react';
import type { Substitution } from '../../protocol/runPlan';
import { completed, type ITyped, placeholdersFor, typedAt } from './placeholders';

export interface ICommandFieldProps {
  value: string;
  onChange(value: string): void;
  substitutions: readonly Substitution[];
  trans: TranslationBundle;
}

/**
 * The command that is to run. A brace opens a list of the placeholders: arrows choose, Enter or Tab takes one, Escape closes the list alone.
 * It is a text field with a list, and no combobox, which a field of several lines cannot be.
 */
export function CommandField({ value, onChange, substitutions, trans }: ICommandFieldProps): ReactElement {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const [typed, setTyped] = useState<ITyped | null>(null);
  const [active, setActive] = useState(0);
  const options = typed === null ? [] : placeholdersFor(typed.name, { substitutions, trans });
  const open = options.length > 0;
  const close = (): void => setTyped(null);
  const take = (at: number): void => {
    const option = options[at];
    if (typed !== null && option !== undefined) {
      const result = completed(value, typed, option.name);
      caret.current = result.caret;
      onChange(result.command);
      close();
    }
  };
  useEffect(() => {
    if (caret.current !== null) {
      field.current?.setSelectionRange(caret.current, caret.current);
      caret.current = null;
    }
  });
  useEffect(() => {
    const keys: Record<string, () => void> = {
      ArrowDown: () => setActive((active + 1) % options.length),
      ArrowUp: () => setActive((active + options.length - 1) % options.length),
      Enter: () => take(active),
      Tab: () => take(active),
      Escape: close
    };
    const onKey = (event: KeyboardEvent): void => {
      const act =
        event.target === field.current && !event.shiftKey && !event.ctrlKey && !event.metaKey ? keys[event.key] : undefined;
      if (act !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        act();
      }
    };
    // Before the dialog, which would close on Escape, has seen the key.
    if (open) {
      document.addEventListener('keydown', onKey, true);
    }
    return () => document.removeEventListener('keydown', onKey, true);
  });
  return (
    <div className="jp-Datalad-form-field">
      <label htmlFor={id}>{trans.__('Command')}</label>
      <textarea
        id={id}
        ref={field}
        className="jp-mod-styled"
        rows={2}
        value={value}
        required
        spellCheck={false}
        aria-autocomplete="list"
        {...(open ? { 'aria-controls': `${id}-list`, 'aria-activedescendant': `${id}-${active}` } : {})}
        onChange={({ target }) => {
          onChange(target.value);
          setTyped(typedAt(target.value, target.selectionStart));
          setActive(0);
        }}
        onBlur={close}
      />
      <div className="jp-Datalad-hiddenText" role="status">
        {open && trans._n('%1 placeholder fits', '%1 placeholders fit', options.length)}
      </div>
      {open && (
        <ul id={`${id}-list`} className="jp-Datalad-completions" role="listbox" aria-label={trans.__('Placeholders that fit')}>
          {options.map(({ name, meaning }, at) => (
            <li
              key={name}
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === active}
              // The field keeps the focus.
              onMouseDown={event => event.preventDefault()}
              onClick={() => take(at)}
            >
              <code>{`{${name}}`}</code> <span className="jp-Datalad-dim">{meaning}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
