import { caretDownIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useId, useState } from 'react';
import { lineOf, type NewRule, patternOf } from '../../protocol/attributeRule';
import type { Messages } from '../../protocol/messages';
import type { ISaveOptions } from '../types';
import { AmendNote } from './amendNote';
import type { ILabelledRule } from './rules';
import { isTag } from './selection';

export interface ISaveButtonsProps {
  count: number;
  ready: boolean;
  /** Why it is not ready. */
  reason: string | undefined;
  options: ISaveOptions;
  /** Rules that would keep the ticked files in Git for good. */
  lasting: readonly ILabelledRule[];
  /** Null while not known. */
  messages: Messages | null;
  trans: TranslationBundle;
  onSave(): void;
  onOptions(options: ISaveOptions): void;
  onRule(rule: NewRule): void;
}

/** The button that saves, and its rarer ways behind a second one. */
export function SaveButtons({
  count,
  ready,
  reason,
  options,
  lasting,
  messages,
  trans,
  onSave,
  onOptions,
  onRule
}: ISaveButtonsProps): JSX.Element {
  const [open, setOpen] = useState(options.toGit || options.amend || options.versionTag !== '');
  const id = useId();
  return (
    <>
      <div className="jp-Datalad-buttons">
        <button
          type="button"
          className="jp-Datalad-button jp-mod-primary"
          aria-disabled={!ready}
          aria-label={trans.__('Save')}
          aria-description={reason ?? trans._n('%1 file', '%1 files', count)}
          title={reason ?? trans.__('Ctrl+Enter in the message')}
          onClick={ready ? onSave : undefined}
        >
          {trans._n('Save %1 file', 'Save %1 files', count)}
        </button>
        <button
          type="button"
          className="jp-Datalad-button"
          aria-label={trans.__('Options')}
          title={trans.__('Options')}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          <caretDownIcon.react tag="span" width="14px" height="14px" />
        </button>
      </div>
      {open && (
        <fieldset id={id} className="jp-Datalad-options">
          <legend className="jp-Datalad-hiddenText">{trans.__('Options')}</legend>
          <Option
            label={trans.__('Keep in Git, not in the annex')}
            on={options.toGit}
            onChange={toGit => onOptions({ ...options, toGit })}
          />
          {options.toGit && <Lasting rules={lasting} trans={trans} onRule={onRule} />}
          <Option
            label={trans.__('Amend the last save')}
            on={options.amend}
            onChange={amend => onOptions({ ...options, amend })}
          />
          {options.amend && messages !== null && <AmendNote last={messages.last} trans={trans} />}
          <VersionTag value={options.versionTag} trans={trans} onChange={versionTag => onOptions({ ...options, versionTag })} />
        </fieldset>
      )}
    </>
  );
}

/** That a save keeps files in Git once, and what would make it last. */
function Lasting({
  rules,
  trans,
  onRule
}: {
  rules: readonly ILabelledRule[];
  trans: TranslationBundle;
  onRule(rule: NewRule): void;
}): JSX.Element {
  return (
    <div className="jp-Datalad-optionNote">
      <p>{trans.__('For this save only: when these files change again, the rules of .gitattributes decide.')}</p>
      {rules.map(({ rule, label }) => (
        <button
          key={label}
          type="button"
          className="jp-Datalad-button"
          title={trans.__('Adds to .gitattributes: %1', lineOf(patternOf(rule.scope, rule.path), rule.to))}
          onClick={() => onRule(rule)}
        >
          {trans.__('Always keep %1 in Git', label)}
        </button>
      ))}
    </div>
  );
}

interface IVersionTagProps {
  value: string;
  trans: TranslationBundle;
  onChange(value: string): void;
}

/** A name for the version that the save makes. */
function VersionTag({ value, trans, onChange }: IVersionTagProps): JSX.Element {
  const wrong = value.trim() !== '' && !isTag(value.trim());
  const id = useId();
  return (
    <label className="jp-Datalad-option">
      {trans.__('Version tag')}
      <input
        type="text"
        className="jp-Datalad-input"
        value={value}
        placeholder={trans.__('none')}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        onChange={event => onChange(event.currentTarget.value)}
      />
      {wrong && (
        <span id={id} className="jp-Datalad-optionError">
          {trans.__('not a name for a tag')}
        </span>
      )}
    </label>
  );
}

function Option({ label, on, onChange }: { label: string; on: boolean; onChange(on: boolean): void }): JSX.Element {
  return (
    <label className="jp-Datalad-option">
      <input type="checkbox" checked={on} onChange={event => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
