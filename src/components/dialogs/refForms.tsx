import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import type { INameAnswer, INameQuestion } from './dialogs';
import { CommandPreview, TextArea, TextField, Tick } from './fields';

export interface INameFormProps {
  question: INameQuestion;
  value: INameAnswer;
  onChange(value: INameAnswer): void;
  trans: TranslationBundle;
}

/** What git takes in no name of a branch or tag. */
const REFUSED = /^[-/]|[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\/\/|(?:\.|\/|\.lock)$|(?:^|\/)\./u;

/** The name of a branch or tag. */
export function NameForm({ question, value, onChange, trans }: INameFormProps): ReactElement {
  const { about, mayStay, withMessage } = question;
  const name = value.name.trim();
  const wrong = name !== '' && REFUSED.test(name);
  return (
    <>
      {about !== undefined && <p>{about}</p>}
      <TextField
        label={trans.__('Name')}
        value={value.name}
        required
        {...(wrong ? { error: trans.__('Git takes no spaces here, and none of ~ ^ : ? * [ \\ or two dots.') } : {})}
        onChange={text => onChange({ ...value, name: text })}
      />
      {withMessage && (
        <TextArea
          label={trans.__('Message')}
          placeholder={trans.__('What is special about it?')}
          value={value.message}
          onChange={message => onChange({ ...value, message })}
        />
      )}
      {mayStay && (
        <Tick
          label={trans.__('Switch to it')}
          checked={!value.stay}
          onChange={checked => onChange({ ...value, stay: !checked })}
        />
      )}
      <CommandPreview
        line={question.commandLine({ ...value, name: name === '' ? trans.__('name') : name })}
        label={trans.__('Command')}
      />
    </>
  );
}
