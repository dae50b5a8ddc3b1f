import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { shownName } from '../../protocol/names';
import type { Execution, RunFile } from '../../protocol/notebookRun';
import { formatSize } from '../../protocol/size';
import { ComparedCells, StepName } from './stepForms';
import type { IExecutionAnswer, IExecutionQuestion, IRunNotebookAnswer, IRunNotebookQuestion } from './runQuestions';
import { Choice, CommandPreview, Names, TextField, Tick } from './fields';

const INSTALL_PAPERMILL = 'pip install papermill';

export interface IRunNotebookFormProps {
  question: IRunNotebookQuestion;
  value: IRunNotebookAnswer;
  onChange(value: IRunNotebookAnswer): void;
  trans: TranslationBundle;
}

/** A notebook before it is executed: what is fetched for it, what it may write, its parameters and the command. */
export function RunNotebookForm({ question, value, onChange, trans }: IRunNotebookFormProps): ReactElement {
  const { plan, unsaved, notebookName, step } = question;
  const set = (part: Partial<IRunNotebookAnswer>): void => onChange({ ...value, ...part });
  return (
    <>
      <p>
        {trans._n(
          'Its cell is executed in a fresh kernel (%2). Before what it made is saved, you see what it read and wrote.',
          'Its %1 cells are executed from top to bottom in a fresh kernel (%2). Before what they made is saved, you see what they read and wrote.',
          plan.cells,
          shownName(plan.kernel?.name ?? '')
        )}
      </p>
      {isSilent(plan.kernel) && <p>{trans.__('This kernel does not tell how far it is.')}</p>}
      {unsaved && (
        <p>
          {trans.__('%1 has changes that are not in the dataset. They are saved first, as a commit of their own.', notebookName)}
        </p>
      )}
      {step !== undefined && <StepName {...{ step, trans, value }} onChange={set} />}
      <TextField label={trans.__('Message')} value={value.message} required onChange={message => set({ message })} />
      {plan.parameters.length > 0 && (
        <Parameters {...{ question, trans }} value={value.parameters} onChange={parameters => set({ parameters })} />
      )}
      <FileTicks
        title={trans.__('Fetched before it runs, and recorded as inputs')}
        files={plan.inputs}
        ticked={value.inputs}
        onChange={inputs => set({ inputs })}
        trans={trans}
      />
      <FileTicks
        title={trans.__('Made writable before it runs, and recorded as outputs')}
        files={plan.outputs}
        ticked={value.outputs}
        onChange={outputs => set({ outputs })}
        trans={trans}
      />
      <CommandPreview line={question.commandLine(value)} label={trans.__('Command')} />
    </>
  );
}

/** Only IPython's kernel is observed; of one that names no language it is not known. */
function isSilent(kernel: IRunNotebookQuestion['plan']['kernel']): boolean {
  return kernel !== null && !['', 'python'].includes(kernel.language.toLowerCase());
}

interface IParametersProps {
  question: IRunNotebookQuestion;
  value: IRunNotebookAnswer['parameters'];
  onChange(value: IRunNotebookAnswer['parameters']): void;
  trans: TranslationBundle;
}

/** What stands in the cell of parameters, to be replaced; only what differs from it is handed on. */
function Parameters({ question: { plan }, value, onChange, trans }: IParametersProps): ReactElement {
  if (!plan.papermill) {
    return (
      <p>
        {trans.__('This notebook has parameters. To run it with others, install papermill where JupyterLab is:')}{' '}
        <code>{INSTALL_PAPERMILL}</code>
      </p>
    );
  }
  return (
    <fieldset className="jp-Datalad-form-choice">
      <legend>{trans.__('Parameters')}</legend>
      {plan.parameters.map(parameter => (
        <TextField
          key={parameter.name}
          label={parameter.name}
          value={value[parameter.name] ?? parameter.value}
          onChange={text => onChange({ ...value, [parameter.name]: text })}
        />
      ))}
    </fieldset>
  );
}

interface IFileTicksProps {
  title: string;
  files: readonly RunFile[];
  /** Patterns. */
  ticked: readonly string[];
  onChange(ticked: readonly string[]): void;
  trans: TranslationBundle;
}

/** Files that a record may name, each with where it is known from. */
function FileTicks({ title, files, ticked, onChange, trans }: IFileTicksProps): ReactElement | null {
  if (files.length === 0) {
    return null;
  }
  const toggle = (pattern: string, on: boolean): void =>
    onChange(on ? [...ticked, pattern] : ticked.filter(other => other !== pattern));
  return (
    <fieldset className="jp-Datalad-form-choice jp-Datalad-runFiles">
      <legend>{title}</legend>
      {files.map(file => (
        <Tick
          key={file.pattern}
          label={
            <>
              {shownName(file.pattern)} <small>{fileWords(file, trans)}</small>
            </>
          }
          checked={ticked.includes(file.pattern)}
          disabled={file.deleted === true}
          onChange={on => toggle(file.pattern, on)}
        />
      ))}
    </fieldset>
  );
}

function fileWords({ from, here, bytes, deleted, missing, unsaved }: RunFile, trans: TranslationBundle): string {
  const origins: Record<RunFile['from'], string> = {
    opened: trans.__('opened by the kernel'),
    changed: trans.__('written'),
    source: trans.__('named in the notebook'),
    given: trans.__('given before')
  };
  const parts = [
    deleted === true ? trans.__('deleted: stays an unsaved change') : origins[from],
    ...(unsaved === true ? [trans.__('with changes that are not saved')] : []),
    ...(missing === true ? [trans.__('not made')] : []),
    ...(here === false ? [trans.__('not here')] : []),
    ...(bytes === undefined ? [] : [formatSize(bytes)])
  ];
  return parts.join(', ');
}

export interface IExecutionFormProps {
  question: IExecutionQuestion;
  value: IExecutionAnswer;
  onChange(value: IExecutionAnswer): void;
  trans: TranslationBundle;
}

/** What an execution read and wrote, before it is recorded; of one that failed, why, and what is to become of what it wrote. */
export function ExecutionForm({ question, value, onChange, trans }: IExecutionFormProps): ReactElement {
  const { execution } = question;
  const { failed } = execution;
  const set = (part: Partial<IExecutionAnswer>): void => onChange({ ...value, ...part });
  const choices = choicesAfter(execution, trans);
  const written = execution.outputs.filter(({ from }) => from === 'changed');
  const notMade = execution.outputs.filter(({ missing }) => missing === true).length;
  return failed === undefined ? (
    <>
      {question.step !== undefined && <ComparedCells step={question.step} trans={trans} />}
      <TextField label={trans.__('Message')} value={value.message} required onChange={message => set({ message })} />
      <FileTicks
        title={trans.__('Inputs: what a rerun has to have')}
        files={execution.inputs}
        ticked={value.inputs}
        onChange={inputs => set({ inputs })}
        trans={trans}
      />
      <FileTicks
        title={trans.__('Outputs, saved beside the notebook: what a rerun makes')}
        files={execution.outputs}
        ticked={value.outputs}
        onChange={outputs => set({ outputs })}
        trans={trans}
      />
      {notMade > 0 && (
        <p role="note">
          {trans._n(
            'There is nothing that one of the outputs stands for, which was given: the notebook did not make it. Where it stays ticked, the record names it all the same.',
            'There is nothing that %1 of the outputs stand for, which were given: the notebook did not make them. Where they stay ticked, the record names them all the same.',
            notMade
          )}
        </p>
      )}
      <Unsaved {...{ execution, trans }} />
      {!execution.observed && (
        <p>
          {trans.__(
            'This kernel does not tell which files it opens: the outputs are what has changed, the inputs what the notebook names.'
          )}
        </p>
      )}
      <Uncovered {...{ question, trans }} />
      <CommandPreview line={question.commandLine(value)} label={trans.__('Command')} />
    </>
  ) : (
    <>
      <Why failed={failed} notebookName={question.notebookName} trans={trans} />
      {question.step?.failedAnew === true && (
        <p>
          {trans.__(
            'In %1 this cell went well: the kernel there had something that the cells up to here do not make.',
            shownName(question.step.notebookName)
          )}
        </p>
      )}
      {written.length > 0 ? (
        <>
          <p>{trans._n('%1 file was written until then:', '%1 files were written until then:', written.length)}</p>
          <Names names={written.map(({ pattern }) => shownName(pattern))} more={rest => trans.__('and %1 more', rest)} />
        </>
      ) : (
        <p>{trans.__('Nothing was written until then, and nothing was saved.')}</p>
      )}
      {choices.length > 1 && (
        <Choice
          label={trans.__('What now?')}
          options={choices}
          value={value.failed}
          onChange={choice => set({ failed: choice })}
        />
      )}
    </>
  );
}

interface IWhyProps {
  failed: NonNullable<Execution['failed']>;
  notebookName: string;
  trans: TranslationBundle;
}

/** Why there is nothing to record: the error of a cell, or where what was executed lies instead. */
function Why({ failed: { aside, kept, text }, notebookName, trans }: IWhyProps): ReactElement {
  const name = shownName(notebookName);
  if (aside !== undefined) {
    return (
      <p>
        {trans.__(
          '%1 was saved in an editor, or changed by another program, while it was executed. That change is kept, so there is nothing to record. What was executed lies beside it: %2. To record it, run it again.',
          name,
          shownName(aside)
        )}
      </p>
    );
  }
  if (kept !== undefined) {
    return (
      <p>
        {trans.__(
          'What was executed could not be written to %1, so there is nothing to record. It is kept outside of the dataset, until you delete it: %2. Why it could not be written, the job in the panel says.',
          name,
          shownName(kept)
        )}
      </p>
    );
  }
  return (
    <pre className="jp-Datalad-script" tabIndex={0} role="region" aria-label={trans.__('The error')}>
      {text}
    </pre>
  );
}

/** What can be done about an execution that failed; often the content of a file was not here. */
function choicesAfter(
  { failed, outputs }: Execution,
  trans: TranslationBundle
): { value: IExecutionAnswer['failed']; label: string }[] {
  const absent = failed?.absent ?? [];
  const wrote = outputs.some(({ from }) => from === 'changed');
  const bytes = absent.reduce((sum, file) => sum + (file.bytes ?? 0), 0);
  const again = trans._n(
    'Get %2 (%3), and run it again',
    'Get %1 files that were not here (%3), and run it again',
    absent.length,
    shownName(absent[0]?.pattern ?? ''),
    formatSize(bytes)
  );
  return [
    ...(absent.length > 0 ? [{ value: 'again' as const, label: again }] : []),
    {
      value: 'keep',
      label: wrote ? trans.__('Keep what it wrote, as unsaved changes') : trans.__('Leave everything as it is')
    },
    ...(wrote ? [{ value: 'discard' as const, label: trans.__('Discard what it wrote…') }] : [])
  ];
}

/** What was read, and is in no commit: it is said in the open, since the record cannot be replayed anywhere else before that is mended. */
function Unsaved({ execution, trans }: { execution: Execution; trans: TranslationBundle }): ReactElement | null {
  const { unsaved } = execution.uncovered;
  const edited = execution.inputs.filter(input => input.unsaved === true).length;
  return unsaved.length + edited === 0 ? null : (
    <div role="note">
      {unsaved.length > 0 && (
        <>
          <p>
            {trans._n(
              'It read a file that is not saved in the dataset. Elsewhere the record cannot be replayed: nobody else has it.',
              'It read %1 files that are not saved in the dataset. Elsewhere the record cannot be replayed: nobody else has them.',
              unsaved.length
            )}
          </p>
          <Names names={unsaved.map(shownName)} more={rest => trans.__('and %1 more', rest)} />
        </>
      )}
      {edited > 0 && (
        <p>
          {trans._n(
            'One of the inputs has changes that are not saved. Elsewhere a rerun reads what is saved.',
            '%1 of the inputs have changes that are not saved. Elsewhere a rerun reads what is saved.',
            edited
          )}
        </p>
      )}
      <p>
        {trans.__(
          'To mend it, close this, save them in the dataset, and run the notebook again. A save leaves out what git ignores.'
        )}
      </p>
    </div>
  );
}

/** What nobody could get again by the record. */
function Uncovered({ question, trans }: { question: IExecutionQuestion; trans: TranslationBundle }): ReactElement | null {
  const { files, programs, hosts } = question.execution.uncovered;
  const more = (rest: number): string => trans.__('and %1 more', rest);
  return files.length + programs.length + hosts.length === 0 ? null : (
    <details>
      <summary>{trans.__('What the record does not cover')}</summary>
      {files.length > 0 && (
        <>
          <p>{trans.__('It read files that are not in this dataset. Elsewhere they may be missing, or others:')}</p>
          <Names names={files.map(shownName)} more={more} />
        </>
      )}
      {programs.length > 0 && (
        <>
          <p>{trans.__('It started programs. What these read is not known:')}</p>
          <Names names={programs.map(shownName)} more={more} />
        </>
      )}
      {hosts.length > 0 && (
        <>
          <p>{trans.__('It asked other machines, which may answer otherwise another time:')}</p>
          <Names names={hosts.map(shownName)} more={more} />
        </>
      )}
    </details>
  );
}
