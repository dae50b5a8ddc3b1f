import type { ReactElement, ReactNode } from 'react';
import { useContext, useId } from 'react';
import { helpSubject } from '../../protocol/help';
import { shownName } from '../../protocol/names';
import { HelpFold } from '../help/helpFold';
import { HelpSource } from '../help/helpSource';

interface IFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  type?: 'text' | 'email';
  required?: boolean;
  /** What is wrong with the value, in words; keeps the dialog from being accepted. */
  error?: string;
  placeholder?: string;
}

/** A line of text with its label. */
export function TextField({ label, value, onChange, type = 'text', required, error, placeholder }: IFieldProps): ReactElement {
  const id = useId();
  return (
    <div className="jp-Datalad-form-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="jp-mod-styled"
        type={type}
        value={value}
        required={required}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={event => onChange(event.target.value)}
      />
      {error !== undefined && (
        <div id={`${id}-error`} className="jp-Datalad-form-error jp-mod-error">
          {error}
        </div>
      )}
    </div>
  );
}

/** Several lines of text with their label. */
export function TextArea({
  label,
  value,
  onChange,
  required,
  placeholder,
  rows = 4
}: IFieldProps & { rows?: number }): ReactElement {
  const id = useId();
  return (
    <div className="jp-Datalad-form-field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="jp-mod-styled"
        rows={rows}
        placeholder={placeholder}
        value={value}
        required={required}
        onChange={event => onChange(event.target.value)}
      />
    </div>
  );
}

interface ITickProps {
  label: ReactNode;
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
}

/** A checkbox with its label. */
export function Tick({ label, checked, onChange, disabled }: ITickProps): ReactElement {
  return (
    <label className="jp-Datalad-form-tick">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={event => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

interface IChoiceProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onChange(value: T): void;
}

/** One of a few. */
export function Choice<T extends string>({ label, options, value, onChange }: IChoiceProps<T>): ReactElement {
  const name = useId();
  return (
    <fieldset className="jp-Datalad-form-choice">
      <legend>{label}</legend>
      {options.map(option => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** One of a few, as a list that unfolds. */
export function SelectField<T extends string>({ label, options, value, onChange }: IChoiceProps<T>): ReactElement {
  const id = useId();
  return (
    <div className="jp-Datalad-form-field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="jp-mod-styled"
        value={value}
        onChange={event =>
          options.filter(option => option.value === event.target.value).forEach(option => onChange(option.value))
        }
      >
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The command a dialog stands for, as one would type it, with help on it where there is some. */
export function CommandPreview({
  line,
  label,
  folder = ''
}: {
  line: string;
  label: string;
  /** Where it is typed, relative to the dataset; empty: at its top. */
  folder?: string;
}): ReactElement {
  const source = useContext(HelpSource);
  const subject = helpSubject(line);
  const preview = (
    <div className="jp-Datalad-commandLine" role="group" aria-label={label}>
      <code>
        {folder !== '' && `${shownName(folder)} `}$ {line}
      </code>
    </div>
  );
  return source === null || subject === null ? preview : <HelpFold {...{ subject, source }}>{preview}</HelpFold>;
}

/** A list of names that stays short. */
export function Names({
  names,
  total = names.length,
  more
}: {
  names: readonly string[];
  /** How many there are, where not all are known. */
  total?: number;
  more(rest: number): string;
}): ReactElement {
  const shown = names.slice(0, 8);
  return (
    <ul className="jp-Datalad-form-names">
      {shown.map(name => (
        <li key={name}>{name}</li>
      ))}
      {total > shown.length && <li>{more(total - shown.length)}</li>}
    </ul>
  );
}
