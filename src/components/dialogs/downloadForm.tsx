import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { addressFlaw, holdsSecret, nameInAddress } from '../../protocol/address';
import { isArchiveName } from '../../protocol/archive';
import { shownName } from '../../protocol/names';
import { contentsPath, isContentsPath, isWithin } from '../../protocol/paths';
import { addressError } from './addressError';
import type { IDownloadAnswer, IDownloadQuestion } from './dialogs';
import { CommandPreview, TextField, Tick } from './fields';
import { childPath, isPlace } from './names';

/** What is typed; becomes an answer when the dialog is accepted. */
export interface IDownloadDraft extends Omit<IDownloadAnswer, 'file'> {
  folder: string;
  /** Null follows the address. */
  name: string | null;
}

interface IDownloadFormProps {
  question: IDownloadQuestion;
  value: IDownloadDraft;
  onChange(value: IDownloadDraft): void;
  trans: TranslationBundle;
}

/** Nothing to translate. */
const EXAMPLE = 'https://example.org/data.csv';

/** The answer a draft stands for, or null while it is not complete. */
export function downloadAnswer(draft: IDownloadDraft, { dataset }: IDownloadQuestion): IDownloadAnswer | null {
  const { folder: typed, name: chosen, url, ...rest } = draft;
  const folder = trimmed(typed);
  const name = chosen ?? nameInAddress(url.trim());
  const sound = addressFlaw(url.trim()) === null && (draft.noSave || !holdsSecret(url.trim()));
  if (!sound || !isPlace(name) || !isContentsPath(folder) || !isWithin(contentsPath(folder), dataset)) {
    return null;
  }
  return {
    ...rest,
    url: url.trim(),
    file: childPath(contentsPath(folder), name),
    message: draft.message.trim(),
    archive: draft.archive && mayUnpack(draft, name)
  };
}

function trimmed(folder: string): string {
  return folder.trim().replace(/^\/+|\/+$/g, '');
}

/** What is not saved is no archive of the dataset yet. */
function mayUnpack({ noSave }: Pick<IDownloadDraft, 'noSave'>, name: string): boolean {
  return !noSave && isArchiveName(name);
}

/** From where, to where, with or without noting the source. */
export function DownloadForm({ question, value, onChange, trans }: IDownloadFormProps): ReactElement {
  const { dataset } = question;
  const answer = downloadAnswer(value, question);
  const name = value.name ?? nameInAddress(value.url.trim());
  const folder = trimmed(value.folder);
  return (
    <>
      <TextField
        label={trans.__('Address')}
        value={value.url}
        required
        placeholder={EXAMPLE}
        error={addressError(value.url, { kept: !value.noSave, trans })}
        onChange={url => onChange({ ...value, url })}
      />
      <TextField
        label={trans.__('Into the folder')}
        value={value.folder}
        error={
          isContentsPath(folder) && isWithin(contentsPath(folder), dataset)
            ? undefined
            : trans.__('This is no folder in the dataset %1.', shownName(dataset) || '/')
        }
        onChange={next => onChange({ ...value, folder: next })}
      />
      <TextField
        label={trans.__('File name')}
        value={name}
        required
        error={name === '' || isPlace(name) ? undefined : trans.__('This is no name for a file.')}
        onChange={next => onChange({ ...value, name: next })}
      />
      <Tick
        label={trans.__('Save it with its address, from which it can be got again; else it is only downloaded')}
        checked={!value.noSave}
        onChange={kept => onChange({ ...value, noSave: !kept })}
      />
      {!value.noSave && (
        <TextField
          label={trans.__('Message (optional)')}
          value={value.message}
          onChange={message => onChange({ ...value, message })}
        />
      )}
      <Tick
        label={trans.__('Write over a file that is there; its saved version stays in the history')}
        checked={value.overwrite}
        onChange={overwrite => onChange({ ...value, overwrite })}
      />
      {mayUnpack(value, name) && (
        <Tick
          label={trans.__('Unpack the archive afterwards, and remove it from the folder')}
          checked={value.archive}
          onChange={archive => onChange({ ...value, archive })}
        />
      )}
      <CommandPreview
        line={answer === null ? 'datalad download-url …' : question.commandLine(answer)}
        label={trans.__('Command')}
      />
    </>
  );
}
