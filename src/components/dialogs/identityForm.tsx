import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import type { IIdentityAnswer, IIdentityQuestion } from './dialogs';
import { asShell } from '../../protocol/command';
import type { GitCommand } from '../../protocol/help';
import { CommandPreview, TextField, Tick } from './fields';

export interface IIdentityFormProps {
  question: IIdentityQuestion;
  value: IIdentityAnswer;
  onChange(value: IIdentityAnswer): void;
  trans: TranslationBundle;
}

/** Who commits are made by. */
export function IdentityForm({ question, value, onChange, trans }: IIdentityFormProps): ReactElement {
  const scope = value.onlyHere || question.here === true ? '--local' : '--global';
  const line = (key: string, text: string): string => asShell(['git', 'config' satisfies GitCommand, scope, key, text]);
  return (
    <>
      <p>{trans.__('Every saved change is recorded with a name and an e-mail address. They are public where the dataset is.')}</p>
      <TextField label={trans.__('Name')} value={value.name} required onChange={name => onChange({ ...value, name })} />
      <TextField
        label={trans.__('E-mail')}
        type="email"
        value={value.email}
        required
        onChange={email => onChange({ ...value, email })}
      />
      {question.dataset !== null && (
        <Tick
          label={trans.__('For this dataset only')}
          checked={value.onlyHere}
          onChange={onlyHere => onChange({ ...value, onlyHere })}
        />
      )}
      <CommandPreview line={line('user.name', value.name)} label={trans.__('Command for the name')} />
      <CommandPreview line={line('user.email', value.email)} label={trans.__('Command for the e-mail address')} />
    </>
  );
}
