import type { TranslationBundle } from '@jupyterlab/translation';
import * as v from 'valibot';
import { callFormatProblems } from '../../protocol/callFormat';
import { imageScheme, NewContainerName } from '../../protocol/container';
import { Choice, CommandPreview, TextArea, TextField } from '../dialogs/fields';
import type { IAddContainerAnswer, IAddContainerQuestion } from '../dialogs/dialogs';
import { CallFormatFields } from './callFormatFields';
import { sourceWords } from './sourceWords';

/** Nothing to translate. */
const EXAMPLES = { elsewhere: 'docker://debian:stable-slim', dataset: 'images/app.sif' };

/** What is typed; becomes an answer when the dialog is accepted. */
export interface IAddDraft {
  name: string;
  /** Whether the image comes from elsewhere, or is in the dataset. */
  from: 'elsewhere' | 'dataset';
  source: string;
  callFormat: string;
  /** One a line. */
  extraInputs: string;
}

/** What a question begins with. */
export function addDraft({ initial }: IAddContainerQuestion): IAddDraft {
  return {
    name: initial.name ?? '',
    from: initial.image !== undefined && initial.url === undefined ? 'dataset' : 'elsewhere',
    source: initial.url ?? initial.image ?? '',
    callFormat: initial.callFormat ?? '',
    extraInputs: (initial.extraInputs ?? []).join('\n')
  };
}

/** The answer a draft stands for, or null while it is not complete. */
export function addAnswer(draft: IAddDraft, { taken, update }: IAddContainerQuestion): IAddContainerAnswer | null {
  const [name, source, callFormat] = [draft.name.trim(), draft.source.trim(), draft.callFormat.trim()];
  const extraInputs = draft.extraInputs.split('\n').flatMap(line => (line.trim() === '' ? [] : [line.trim()]));
  const bad =
    !v.is(NewContainerName, name) ||
    (!update && taken.includes(name)) ||
    (source === '' && !update) ||
    (draft.from === 'elsewhere' && imageScheme(source) === 'other') ||
    callFormatProblems(callFormat).some(({ kind }) => kind === 'braces' || kind === 'list' || kind === 'placeholder');
  return bad
    ? null
    : {
        name,
        ...(source === '' ? {} : draft.from === 'elsewhere' ? { url: source } : { image: source }),
        ...(callFormat === '' ? {} : { callFormat }),
        ...(extraInputs.length === 0 && !update ? {} : { extraInputs }),
        ...(update ? { update } : {})
      };
}

export interface IAddFormProps {
  question: IAddContainerQuestion;
  value: IAddDraft;
  onChange(value: IAddDraft): void;
  trans: TranslationBundle;
}

/** What a container is called, where its image comes from, and how a command gets into it. */
export function AddContainerForm({ question, value, onChange, trans }: IAddFormProps): JSX.Element {
  const { taken, update, readRuntimes } = question;
  const answer = addAnswer(value, question);
  const name = value.name.trim();
  const words = value.from === 'elsewhere' ? sourceWords(value.source, trans) : null;
  return (
    <>
      {!update && (
        <TextField
          label={trans.__('Name')}
          value={value.name}
          required
          error={
            name === '' || v.is(NewContainerName, name)
              ? taken.includes(name)
                ? trans.__('There is a container of this name already.')
                : undefined
              : trans.__('A name has letters without accents, digits and dashes.')
          }
          onChange={typed => onChange({ ...value, name: typed })}
        />
      )}
      <Choice
        label={trans.__('Image')}
        options={[
          { value: 'elsewhere', label: trans.__('A file of this machine, or an address') },
          { value: 'dataset', label: trans.__('A file or folder that is in the dataset already') }
        ]}
        value={value.from}
        onChange={from => onChange({ ...value, from })}
      />
      <TextField
        label={value.from === 'elsewhere' ? trans.__('File or address') : trans.__('Path in the dataset')}
        value={value.source}
        required={!update}
        placeholder={EXAMPLES[value.from]}
        onChange={source => onChange({ ...value, source })}
      />
      {words !== null && <p className="jp-Datalad-dim">{words}</p>}
      {update && value.source.trim() === '' && (
        <p className="jp-Datalad-dim">{trans.__('Without any the image stays as it is.')}</p>
      )}
      {update && (
        <p className="jp-Datalad-dim">
          {trans.__('The image that was stays in the annex, for the runs that were made with it.')}
        </p>
      )}
      <CallFormatFields
        value={value.callFormat}
        trans={trans}
        readRuntimes={readRuntimes}
        onChange={callFormat => onChange({ ...value, callFormat })}
      />
      <TextArea
        label={trans.__('Other files the call needs, one a line')}
        value={value.extraInputs}
        onChange={extraInputs => onChange({ ...value, extraInputs })}
      />
      <CommandPreview
        line={answer === null ? 'datalad containers-add …' : question.commandLine(answer)}
        label={trans.__('Command')}
      />
    </>
  );
}
