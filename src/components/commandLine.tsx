import { copyIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICommandTexts } from './commandTexts';
import { IconButton } from './iconButton';

export interface ICommandLineProps {
  texts: ICommandTexts;
  trans: TranslationBundle;
  onCopy(text: string): void;
}

/** The command an action stands for, as a learner would type it, to be copied in three languages. */
export function CommandLine({ texts: { shell, python, r }, trans, onCopy }: ICommandLineProps): JSX.Element {
  return (
    <div className="jp-Datalad-commandLine">
      <code title={shell}>$ {shell}</code>
      <IconButton icon={copyIcon} label={trans.__('Copy command')} onClick={() => onCopy(shell)} />
      {python !== undefined && python !== '' && (
        <CopyAs text="Py" label={trans.__('Copy as Python (Py)')} onCopy={() => onCopy(python)} />
      )}
      {r !== undefined && r !== '' && <CopyAs text="R" label={trans.__('Copy as R')} onCopy={() => onCopy(r)} />}
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
