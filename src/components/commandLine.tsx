import { copyIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type HelpSubject, helpSubject } from '../protocol/help';
import type { ICommandTexts } from './commandTexts';
import { HelpButton } from './help/helpButton';
import { IconButton } from './iconButton';

export interface ICommandLineProps {
  texts: ICommandTexts;
  trans: TranslationBundle;
  onCopy(text: string): void;
  onHelp(subject: HelpSubject): void;
}

/** The command an action stands for, as a learner would type it, to be copied in three languages. */
export function CommandLine({ texts: { shell, python, r }, trans, onCopy, onHelp }: ICommandLineProps): JSX.Element {
  const subject = helpSubject(shell);
  return (
    <div className="jp-Datalad-commandLine">
      <code title={shell}>$ {shell}</code>
      <IconButton icon={copyIcon} label={trans.__('Copy command')} onClick={() => onCopy(shell)} />
      {python !== undefined && python !== '' && (
        <CopyAs text="Py" label={trans.__('Copy as Python (Py)')} onCopy={() => onCopy(python)} />
      )}
      {r !== undefined && r !== '' && <CopyAs text="R" label={trans.__('Copy as R')} onCopy={() => onCopy(r)} />}
      {subject !== null && <HelpButton trans={trans} onClick={() => onHelp(subject)} />}
    </div>
  );
}

function CopyAs({ text, label, onCopy }: { text: string; label: string; onCopy(): void }): JSX.Element {
  return (
    <button type="button" className="jp-Datalad-copyAs" aria-label={label} title={label} onClick={onCopy}>
      {text}
    </button>
  );
}
