import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { SETTING_REASONS, type Setting, type SettingReason, type TrustItem, type TrustQuestion } from '../../protocol/trust';
import { Tick } from '../dialogs/fields';
import { visible } from './visible';

export interface ITrustFormProps {
  question: TrustQuestion;
  /** Ids of what shall be trusted. */
  value: readonly string[];
  onChange(value: readonly string[]): void;
  trans: TranslationBundle;
}

/** What would run, dataset by dataset, so that somebody who knows where it comes from can say whether it may. */
export function TrustForm({ question, value, onChange, trans }: ITrustFormProps): ReactElement {
  const items = untrusted(question);
  const toggle = (id: string, chosen: boolean): void => onChange(chosen ? [...value, id] : value.filter(each => each !== id));
  return (
    <>
      <p>
        {trans.__(
          'Git and DataLad obey the settings that lie in a dataset: some start programs, some say where stored passwords are sent. What you create has none. These came in an archive, in a shared folder or with the files of a clone, or were changed since.'
        )}
      </p>
      <p>{trans.__('Look at what they are. Trust it only if you know who made it: a program can do whatever you can.')}</p>
      <div className="jp-Datalad-trustItems">
        {items.map(item => (
          <section key={item.id} aria-label={visible(item.name)}>
            {items.length === 1 ? (
              <strong>{titleOf(item, trans)}</strong>
            ) : (
              <Tick label={titleOf(item, trans)} checked={value.includes(item.id)} onChange={chosen => toggle(item.id, chosen)} />
            )}
            <Settings item={item} trans={trans} />
          </section>
        ))}
      </div>
      {question.truncated && <p>{trans.__('There are more subdatasets than were looked at.')}</p>}
    </>
  );
}

/** What a question is about: the rest is trusted already. */
export function untrusted({ items }: TrustQuestion): TrustItem[] {
  return items.filter(({ trust }) => trust === 'untrusted');
}

function titleOf({ relation, name }: TrustItem, trans: TranslationBundle): string {
  switch (relation) {
    case 'dataset':
      return trans.__('This dataset, %1', visible(name));
    case 'subdataset':
      return trans.__('Subdataset %1', visible(name));
    case 'sibling':
      return trans.__('Sibling on this machine, %1', visible(name));
  }
}

function Settings({ item, trans }: { item: TrustItem; trans: TranslationBundle }): ReactElement {
  const groups = SETTING_REASONS.map(reason => ({ reason, settings: item.settings.filter(each => each.reason === reason) }));
  return (
    <div className="jp-Datalad-trustSettings" tabIndex={0} role="group" aria-label={trans.__('What would run')}>
      {groups
        .filter(({ settings }) => settings.length > 0)
        .map(({ reason, settings }) => (
          <div key={reason}>
            <p>{reasonWords(reason, trans)}</p>
            <ul>
              {settings.map((setting, index) => (
                <li key={index} title={visible(setting.where)}>
                  <code>{lineOf(setting)}</code>
                </li>
              ))}
            </ul>
          </div>
        ))}
      {item.more > 0 && <p>{trans._n('and %1 more', 'and %1 more', item.more)}</p>}
    </div>
  );
}

function lineOf({ reason, key, value, where }: Setting): string {
  const line = value === '' ? visible(key) : `${visible(key)} = ${visible(value)}`;
  return reason === 'hook' || reason === 'passwords' ? `${visible(where)}/${line}` : line;
}

function reasonWords(reason: SettingReason, trans: TranslationBundle): string {
  switch (reason) {
    case 'setting':
      return trans.__('Settings that run programs, or are not known to be harmless:');
    case 'hook':
      return trans.__('Programs that start by themselves when something is saved, got or changed:');
    case 'include':
      return trans.__('Settings that are read from other files, which may change at any time:');
    case 'program':
      return trans.__('Folders from which git-annex would start programs:');
    case 'passwords':
      return trans.__('Files that decide which of your stored passwords DataLad sends to which addresses:');
    case 'place':
      return trans.__('The repository lies among the files of the dataset, and changes with them:');
    case 'owner':
      return trans.__('It belongs to another user (number), who can change all this at any time:');
    case 'unreadable':
      return trans.__('Files of settings that could not be read:');
  }
}
