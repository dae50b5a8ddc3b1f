import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRemoveContainerAnswer, IRemoveContainerQuestion } from '../dialogs/dialogs';
import { CommandPreview, Tick } from '../dialogs/fields';

export interface IRemoveContainerFormProps {
  question: IRemoveContainerQuestion;
  value: IRemoveContainerAnswer;
  onChange(value: IRemoveContainerAnswer): void;
  trans: TranslationBundle;
}

/** What goes with a container, and what stays. */
export function RemoveContainerForm({ question, value, onChange, trans }: IRemoveContainerFormProps): JSX.Element {
  return (
    <>
      <p>
        {trans.__(
          'Commands can then no longer be run in it by its name. What was run in it before can be run again, as long as its image can be got.'
        )}
      </p>
      <Tick
        label={trans.__('Remove its image from the folder, too; the content stays in the annex')}
        checked={value.removeImage}
        onChange={removeImage => onChange({ removeImage })}
      />
      <CommandPreview line={question.commandLine(value.removeImage)} label={trans.__('Command')} />
    </>
  );
}
