import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import type { IConfirmQuestion } from './dialogs';
import { CommandPreview, Names } from './fields';

/** What is about to be done, and to what. */
export function ConfirmForm({ question, trans }: { question: IConfirmQuestion; trans: TranslationBundle }): ReactElement {
  const { text, names = [], total = names.length, commandLine } = question;
  return (
    <>
      {text.map(words => (
        <p key={words}>{words}</p>
      ))}
      {names.length > 0 && <Names {...{ names, total }} more={rest => trans._n('and %1 more', 'and %1 more', rest)} />}
      {commandLine !== '' && <CommandPreview line={commandLine} label={trans.__('Command')} />}
    </>
  );
}
