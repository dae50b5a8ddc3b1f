import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { FileLines } from './chooser/fileLines';
import { ContainerPicker } from '../containers/containerPicker';
import type { IRunAnswer, IRunQuestion } from './runQuestions';
import { MatchList } from './matchList';
import { PlaceholderHelp } from './placeholderHelp';
import { CommandField } from './commandField';
import { RunMore } from './runMore';
import { RunPlanView, useRunPlan } from './runPlanView';
import { Choice, CommandPreview, TextField, Tick } from './fields';

export interface IRunFormProps {
  question: IRunQuestion;
  value: IRunAnswer;
  onChange(value: IRunAnswer): void;
  trans: TranslationBundle;
}

/** A command to be recorded, with what it reads and writes. */
export function RunForm({ question, value, onChange, trans }: IRunFormProps): ReactElement {
  const plan = useRunPlan(question, value);
  const set = (part: Partial<IRunAnswer>): void => onChange({ ...value, ...part });
  return (
    <>
      <CommandField
        value={value.command}
        substitutions={plan?.substitutions ?? []}
        trans={trans}
        onChange={command => set({ command })}
      />
      <CommandPreview line={question.commandLine(value)} folder={value.folder} label={trans.__('Command line')} />
      <PlaceholderHelp substitutions={plan?.substitutions ?? []} trans={trans} />
      <ContainerPicker
        choice={question.containers}
        value={value.container}
        command={value.command}
        trans={trans}
        onChange={container => set({ container })}
      />
      <TextField label={trans.__('Message')} value={value.message} onChange={message => set({ message })} />
      <FileLines
        kind="inputs"
        label={trans.__('Inputs: files or patterns, one on each line')}
        files={question.files}
        folder={value.folder}
        value={value.inputs}
        trans={trans}
        onChange={inputs => set({ inputs })}
      />
      <MatchList matches={plan?.inputs ?? []} kind="inputs" trans={trans} />
      <FileLines
        kind="outputs"
        label={trans.__('Outputs: files or patterns, one on each line')}
        files={question.files}
        folder={value.folder}
        value={value.outputs}
        trans={trans}
        onChange={outputs => set({ outputs })}
      />
      <MatchList matches={plan?.outputs ?? []} kind="outputs" trans={trans} />
      <OutputsOnly question={question} value={value} set={set} trans={trans} />
      <RunPlanView plan={plan} command={value.command} inContainer={value.container !== undefined} trans={trans} />
      <RunMore value={value} set={set} trans={trans} />
      {question.unsaved > 0 && (
        <Choice
          label={trans._n('%1 file has changes that are not saved', '%1 files have changes that are not saved', question.unsaved)}
          options={[
            { value: 'save', label: trans.__('Save them first, with a message of their own') },
            { value: 'leave', label: trans.__('Leave them as they are, and save nothing but the outputs') }
          ]}
          value={value.unsaved}
          onChange={unsaved => set({ unsaved })}
        />
      )}
    </>
  );
}

interface IOutputsOnlyProps extends Pick<IRunFormProps, 'question' | 'value' | 'trans'> {
  set(part: Partial<IRunAnswer>): void;
}

/** What is saved of what the command changes. */
function OutputsOnly({ question, value, set, trans }: IOutputsOnlyProps): ReactElement {
  const leaves = question.unsaved > 0 && value.unsaved === 'leave';
  const checked = leaves || value.explicit === true;
  const named = value.outputs.some(line => line.trim() !== '');
  return (
    <>
      <Tick
        label={trans.__('Save only the outputs named here')}
        checked={checked}
        disabled={leaves}
        onChange={explicit => set({ explicit })}
      />
      {checked && (
        <p className="jp-Datalad-dim">
          {named
            ? trans.__('Whatever else the command changes stays unsaved, and the record does not tell of it.')
            : trans.__('No output is named: nothing would be saved, and nothing recorded.')}
        </p>
      )}
    </>
  );
}
