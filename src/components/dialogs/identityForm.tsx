import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import type { IIdentityAnswer, IIdentityQuestion } from './dialogs';
import { TextField, Tick } from './fields';

export interface IIdentityFormProps {
  question: IIdentityQuestion;
  value: IIdentityAnswer;
  onChange(value: IIdentityAnswer): void;
  trans: TranslationBundle;
}

/** Who commits are made by. */
export function IdentityForm({ question, value, onChange, trans }: IIdentityFormProps): ReactElement {
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
    </>
  );
}
