import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { asShell, commandOf } from '../../protocol/command';
import { shownName } from '../../protocol/names';
import type { ICloneAnswer, ICreateAnswer, ICreateQuestion, IPlaceQuestion } from './dialogs';
import { CommandPreview, TextField, Tick } from './fields';
import { childPath, isPlace, nameOfSource } from './names';
import { ProcedureChoice } from './procedureChoice';

/** What is typed; becomes an answer when the dialog is accepted. */
export interface ICloneDraft {
  source: string;
  /** Null follows the source. */
  name: string | null;
  asSubdataset: boolean;
}

export interface ICreateDraft {
  name: string;
  /** The folder that is shown becomes the dataset; no name is needed. */
  here: boolean;
  procedures: readonly string[];
  description: string;
  asSubdataset: boolean;
}

interface ICreateFormProps extends IFormProps<ICreateDraft> {
  question: ICreateQuestion;
}

interface IFormProps<T> {
  question: IPlaceQuestion;
  value: T;
  onChange(value: T): void;
  trans: TranslationBundle;
}

/** The answer a draft stands for, or null while it is not complete. */
export function cloneAnswer(
  { source, name, asSubdataset }: ICloneDraft,
  { folder, around }: IPlaceQuestion
): ICloneAnswer | null {
  const place = name ?? nameOfSource(source);
  if (source.trim() === '' || !isPlace(place)) {
    return null;
  }
  return {
    source: source.trim(),
    path: childPath(folder, place),
    ...(asSubdataset && around !== null ? { asSubdataset: around } : {})
  };
}

/** The answer a draft stands for, or null while it is not complete. */
export function createAnswer(draft: ICreateDraft, { folder, around }: IPlaceQuestion): ICreateAnswer | null {
  if (!draft.here && !isPlace(draft.name)) {
    return null;
  }
  return {
    ...(draft.here ? { path: folder, force: true } : { path: childPath(folder, draft.name) }),
    procedures: [...draft.procedures],
    description: draft.description.trim(),
    ...(draft.asSubdataset && around !== null ? { asSubdataset: around } : {})
  };
}

/** Nothing to translate. */
const EXAMPLE = 'https://example.org/dataset';

/** Where a clone comes from and goes to. */
export function CloneForm({ question, value, onChange, trans }: IFormProps<ICloneDraft>): ReactElement {
  const answer = cloneAnswer(value, question);
  return (
    <>
      <TextField
        label={trans.__('Source: a path or URL')}
        value={value.source}
        required
        placeholder={EXAMPLE}
        onChange={source => onChange({ ...value, source })}
      />
      <Place {...{ question, value, onChange, trans }} name={value.name ?? nameOfSource(value.source)} />
      <Preview argv={answer && commandOf('clone', answer)} verb="clone" trans={trans} />
    </>
  );
}

/** Place, set-up and description of a new dataset, with the command that makes it. */
export function CreateForm({ question, value, onChange, trans }: ICreateFormProps): ReactElement {
  const answer = createAnswer(value, question);
  return (
    <>
      {canBeDataset(question) && (
        <Tick
          label={trans.__('Make the folder %1 a dataset; its files stay unsaved at first', shownName(question.folder))}
          checked={value.here}
          onChange={here => onChange({ ...value, here })}
        />
      )}
      {!value.here && <Place {...{ question, value, onChange, trans }} name={value.name} />}
      {value.here && <AsSubdataset {...{ question, value, onChange, trans }} />}
      <ProcedureChoice
        procedures={question.procedures}
        chosen={value.procedures}
        trans={trans}
        onChange={procedures => onChange({ ...value, procedures })}
      />
      <TextField
        label={trans.__('Description of this place (optional)')}
        value={value.description}
        onChange={description => onChange({ ...value, description })}
      />
      <Preview
        argv={answer && commandOf('create', { ...answer, description: answer.description || undefined })}
        verb="create"
        trans={trans}
      />
    </>
  );
}

interface IPlaceProps<T> extends IFormProps<T> {
  name: string;
}

/** The folder's name, and whether the dataset around registers it. */
function Place<T extends { name: string | null; asSubdataset: boolean }>(props: IPlaceProps<T>): ReactElement {
  const { question, value, onChange, trans, name } = props;
  const error = name !== '' && !isPlace(name) ? trans.__('This is no name for a folder.') : undefined;
  return (
    <>
      <TextField
        label={trans.__('Folder name, below %1', question.folder === '' ? '/' : question.folder)}
        value={name}
        required
        error={error}
        onChange={next => onChange({ ...value, name: next })}
      />
      <AsSubdataset {...props} />
    </>
  );
}

/** Whether the dataset around is to know the new one; nothing where there is none. */
function AsSubdataset<T extends { asSubdataset: boolean }>({
  question,
  value,
  onChange,
  trans
}: IFormProps<T>): ReactElement | null {
  return question.around === null ? null : (
    <Tick
      label={trans.__('As a subdataset of %1', question.around === '' ? '/' : question.around)}
      checked={value.asSubdataset}
      onChange={asSubdataset => onChange({ ...value, asSubdataset })}
    />
  );
}

/** A home folder makes a poor dataset, and a dataset is one already. */
export function canBeDataset({ folder, around }: IPlaceQuestion): boolean {
  return folder !== '' && around !== folder;
}

/** There from the start: the dialog would jump when the first letter is typed. */
function Preview({
  argv,
  verb,
  trans
}: {
  argv: readonly string[] | null;
  verb: string;
  trans: TranslationBundle;
}): ReactElement {
  return <CommandPreview line={argv === null ? `datalad ${verb} …` : asShell(argv)} label={trans.__('Command')} />;
}
