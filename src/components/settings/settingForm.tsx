import type { TranslationBundle } from '@jupyterlab/translation';
import { type FormEvent, useId, useState } from 'react';
import * as v from 'valibot';
import type { SettingChange } from '../../models/settingsModel';
import { asShell, commandOf } from '../../protocol/command';
import { contentsPath } from '../../protocol/paths';
import { type KnownSetting, SettingKey } from '../../protocol/settings';
import { Choice, CommandPreview, TextField } from '../dialogs/fields';
import { visible } from '../trust/visible';
import { settingWords } from './settingWords';

export interface ISettingFormProps {
  /** What is edited; without `old` a value is added. */
  initial: SettingChange;
  known: readonly KnownSetting[];
  trans: TranslationBundle;
  onSubmit(change: SettingChange): void;
  onCancel(): void;
}

/** Nothing to translate. */
const EXAMPLE = 'datalad.…';

/** One value of a setting, with what it is for and the command that sets it. */
export function SettingForm({ initial, known, trans, onSubmit, onCancel }: ISettingFormProps): JSX.Element {
  const [draft, setDraft] = useState(initial);
  const list = useId();
  const valid = v.is(SettingKey, draft.key);
  const words = settingWords(draft.key, known, trans);
  const isNew = draft.old === undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (valid) {
      onSubmit(draft);
    }
  };
  return (
    <form
      className="jp-Datalad-settingForm"
      aria-label={isNew ? trans.__('New setting') : trans.__('Change %1', visible(draft.key))}
      onSubmit={submit}
    >
      {isNew && (
        <div className="jp-Datalad-form-field">
          <label htmlFor={`${list}-key`}>{trans.__('Setting')}</label>
          <input
            id={`${list}-key`}
            className="jp-mod-styled"
            list={list}
            value={draft.key}
            required
            spellCheck={false}
            placeholder={EXAMPLE}
            onChange={({ target }) => setDraft({ ...draft, key: target.value.trim() })}
          />
          <datalist id={list}>
            {known.map(({ key }) => (
              <option key={key} value={key} />
            ))}
          </datalist>
        </div>
      )}
      {words !== '' && <p className="jp-Datalad-dim">{words}</p>}
      <TextField label={trans.__('Value')} value={draft.value ?? ''} onChange={value => setDraft({ ...draft, value })} />
      {isNew && (
        <Choice
          label={trans.__('Where')}
          value={draft.scope}
          options={[
            { value: 'branch', label: trans.__('In the dataset: it travels to every clone, once it is saved') },
            { value: 'local', label: trans.__('In this clone only') }
          ]}
          onChange={scope => setDraft({ ...draft, scope })}
        />
      )}
      <CommandPreview
        label={trans.__('Command')}
        line={valid ? asShell(commandOf('configure', { dataset: contentsPath(''), ...draft })) : 'git config …'}
      />
      <div className="jp-Datalad-buttons">
        <button type="submit" className="jp-Datalad-button jp-mod-primary" aria-disabled={!valid}>
          {isNew ? trans.__('Add') : trans.__('Change')}
        </button>
        <button type="button" className="jp-Datalad-button" onClick={onCancel}>
          {trans.__('Cancel')}
        </button>
      </div>
    </form>
  );
}
