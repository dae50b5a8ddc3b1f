import { useId, useState } from 'react';
import { HELP_SUBJECTS, type HelpSubject } from '../../protocol/help';
import type { IHelpSource } from './helpSource';
import { HelpView } from './helpView';
import { useHelp } from './useHelp';
import { useOwnEnter } from './useOwnEnter';

export interface IHelpFormProps {
  /** The command that is shown at first; null: somebody chooses one. */
  subject: HelpSubject | null;
  source: IHelpSource;
}

/** Help on any command that lines of this extension name. */
export function HelpForm({ subject, source: { read, trans } }: IHelpFormProps): JSX.Element {
  const id = useId();
  const [chosen, setChosen] = useState(subject);
  const state = useHelp(chosen, read);
  const inside = useOwnEnter<HTMLDivElement>();
  return (
    <div ref={inside}>
      <div className="jp-Datalad-form-field">
        <label htmlFor={id}>{trans.__('Command')}</label>
        <select
          id={id}
          className="jp-mod-styled"
          value={chosen ?? ''}
          onChange={({ target }) => setChosen(HELP_SUBJECTS.find(name => name === target.value) ?? null)}
        >
          {chosen === null && <option value="">{trans.__('Choose one')}</option>}
          {HELP_SUBJECTS.map(name => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </div>
      {chosen !== null && <HelpView state={state} trans={trans} />}
    </div>
  );
}
