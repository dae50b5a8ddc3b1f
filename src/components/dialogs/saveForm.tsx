import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import type { ISaveAnswer, ISaveQuestion } from './dialogs';
import { CommandPreview, Names, TextArea, Tick } from './fields';
import { shownName } from '../../protocol/names';

export interface ISaveFormProps {
  question: ISaveQuestion;
  value: ISaveAnswer;
  onChange(value: ISaveAnswer): void;
  trans: TranslationBundle;
}

/** The message of a save and what it will record. */
export function SaveForm({ question, value, onChange, trans }: ISaveFormProps): ReactElement {
  const { changes } = question;
  const nested = changes.some(change => change.inside === true);
  return (
    <>
      <TextArea
        label={trans.__('Message')}
        placeholder={trans.__('What did you do?')}
        value={value.message}
        required
        onChange={message => onChange({ ...value, message })}
      />
      <p>
        {changes.length === 0
          ? trans.__('Nothing has changed here.')
          : trans._n('%1 change:', '%1 changes:', changes.length, changes.length)}
      </p>
      <Names
        names={changes.map(change => shownName(change.name))}
        more={rest => trans._n('and %1 more', 'and %1 more', rest, rest)}
      />
      {nested && (
        <>
          <Tick
            label={trans.__('Also save inside subdatasets (recursive)')}
            checked={value.recursive}
            onChange={recursive => onChange({ ...value, recursive })}
          />
          {!value.recursive && <p>{trans.__('Changes inside subdatasets would stay unsaved.')}</p>}
        </>
      )}
      <CommandPreview
        line={question.commandLine({ ...value, message: value.message.trim() || trans.__('What did you do?') })}
        label={trans.__('Command')}
      />
    </>
  );
}
