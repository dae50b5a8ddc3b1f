import type { TranslationBundle } from '@jupyterlab/translation';
import { useState } from 'react';
import type { ISettingsState, SettingChange } from '../../models/settingsModel';
import type { Failure } from '../../protocol/failure';
import type { Setting, SettingValue } from '../../protocol/settings';
import { FailureBlock } from '../failures/failureBlock';
import { visible } from '../trust/visible';
import { SettingForm } from './settingForm';
import { scopeWords, settingWords } from './settingWords';

export interface ISettingsViewProps {
  state: ISettingsState;
  /** The dataset, for people. */
  name: string;
  trans: TranslationBundle;
  /** Resolves with why it failed. */
  onChange(change: SettingChange): Promise<Failure | null>;
  onSave(): void;
  onRefresh(): void;
}

const EMPTY: SettingChange = { scope: 'branch', key: '', value: '' };

/** What is set for a dataset, with what it is for, where it stands, and what is in effect. */
export function SettingsView({ state, name, trans, onChange, onSave, onRefresh }: ISettingsViewProps): JSX.Element {
  const { settings, known, failure } = state;
  const [draft, setDraft] = useState<SettingChange | null>(null);
  const [refused, setRefused] = useState<Failure | null>(null);
  const change = (wanted: SettingChange): void => {
    void onChange(wanted).then(why => {
      setRefused(why);
      setDraft(old => (why === null ? null : old));
    });
  };
  const broken = settings?.broken;
  return (
    <div className="jp-Datalad-page">
      <div className="jp-Datalad-pageHeader">
        <h2>{trans.__('Settings of %1', name)}</h2>
        <div className="jp-Datalad-buttons">
          {settings !== null && broken === undefined && draft === null && (
            <button type="button" className="jp-Datalad-button" onClick={() => setDraft(EMPTY)}>
              {trans.__('Add a setting…')}
            </button>
          )}
          {settings?.unsaved === true && (
            <button type="button" className="jp-Datalad-button jp-mod-primary" onClick={onSave}>
              {trans.__('Save the change…')}
            </button>
          )}
        </div>
      </div>
      {[failure, broken, refused].map(
        (why, at) => why && <FailureBlock key={at} failure={why} trans={trans} canRetry={false} onAction={onRefresh} />
      )}
      {broken !== undefined && (
        <p>{trans.__('The file .datalad/config stays as it is. Mend it in an editor, or discard its changes.')}</p>
      )}
      {draft !== null && (
        <SettingForm
          key={`${draft.key} ${draft.old}`}
          initial={draft}
          known={known}
          trans={trans}
          onSubmit={change}
          onCancel={() => setDraft(null)}
        />
      )}
      {settings === null && failure === null && <p>{trans.__('Reading…')}</p>}
      <ul className="jp-Datalad-settings" aria-label={trans.__('Settings')}>
        {settings?.settings.map(setting => (
          <li key={setting.key} className="jp-Datalad-pagePart">
            <strong>{visible(setting.key)}</strong>
            {setting.risky === true && <span className="jp-Datalad-risky">{trans.__('runs programs or names places')}</span>}
            <p className="jp-Datalad-dim">{settingWords(setting.key, known, trans)}</p>
            <ul>
              {setting.values.map((value, at) => (
                <Value key={at} setting={setting} value={value} trans={trans} onEdit={setDraft} onRemove={change} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface IValueProps {
  setting: Setting;
  value: SettingValue;
  trans: TranslationBundle;
  onEdit(change: SettingChange): void;
  onRemove(change: SettingChange): void;
}

/** One value; those of the user and the machine are not the dataset's to change, nor is its id. */
function Value({ setting: { key }, value: { scope, value, hidden, counts }, trans, onEdit, onRemove }: IValueProps): JSX.Element {
  const mine = (scope === 'branch' || scope === 'local') && key !== 'datalad.dataset.id';
  const name = `${visible(key)} ${visible(value)}`;
  return (
    <li data-counts={counts}>
      <code>{visible(value)}</code>{' '}
      <small>
        {counts ? scopeWords(scope, trans) : trans.__('%1, but not in effect here', scopeWords(scope, trans))}
        {hidden === true && ` (${trans.__('a secret is not shown')})`}
      </small>
      {mine && (scope === 'branch' || scope === 'local') && (
        <span className="jp-Datalad-buttons">
          {hidden !== true && (
            <button
              type="button"
              className="jp-Datalad-button"
              aria-label={trans.__('Change %1', name)}
              onClick={() => onEdit({ scope, key, value, old: value })}
            >
              {trans.__('Change…')}
            </button>
          )}
          <button
            type="button"
            className="jp-Datalad-button"
            aria-label={trans.__('Remove %1', name)}
            onClick={() => onRemove({ scope, key, ...(hidden === true ? {} : { old: value }) })}
          >
            {trans.__('Remove')}
          </button>
        </span>
      )}
    </li>
  );
}
