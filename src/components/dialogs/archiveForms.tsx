import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { ArchiveFormat, type MissingContent, ownFolderName } from '../../protocol/archive';
import { shownName } from '../../protocol/names';
import { contentsPath, isContentsPath, isName, isWithin } from '../../protocol/paths';
import { formatSize } from '../../protocol/size';
import type { IExportAnswer, IExportQuestion, IUnpackAnswer, IUnpackQuestion } from './dialogs';
import { Choice, CommandPreview, Names, TextField, Tick } from './fields';

/** The ends of file names. */
const FORMATS = ArchiveFormat.options.map(value => ({ value, label: `.${value}` }));

/** What is typed; becomes an answer when the dialog is accepted. */
export interface IExportDraft extends Omit<IExportAnswer, 'to'> {
  folder: string;
}

/** The answer a draft stands for, or null while it is not complete. */
export function exportAnswer({ folder, name, ...rest }: IExportDraft): IExportAnswer | null {
  const to = folder.trim().replace(/^\/+|\/+$/g, '');
  return isContentsPath(to) && isName(name.trim()) ? { ...rest, name: name.trim(), to: contentsPath(to) } : null;
}

export interface IExportFormProps {
  question: IExportQuestion;
  value: IExportDraft;
  onChange(value: IExportDraft): void;
  trans: TranslationBundle;
}

/** Into which file a dataset is exported, what comes along and what does not. */
export function ExportForm({ question, value, onChange, trans }: IExportFormProps): ReactElement {
  const { absent, unsaved, subdatasets, dataset } = question;
  const answer = exportAnswer(value);
  const inside = answer !== null && isWithin(answer.to, dataset);
  return (
    <>
      <p>
        {trans.__(
          'The archive holds the files as they were saved last, without their history. What is there is never written over.'
        )}
      </p>
      <TextField
        label={trans.__('File name, without its ending')}
        value={value.name}
        required
        error={value.name === '' || isName(value.name.trim()) ? undefined : trans.__('This is no name for a file.')}
        onChange={name => onChange({ ...value, name })}
      />
      <Choice
        label={trans.__('Format')}
        options={FORMATS}
        value={value.format}
        onChange={format => onChange({ ...value, format })}
      />
      <TextField
        label={trans.__('Into the folder')}
        value={value.folder}
        error={
          isContentsPath(value.folder.trim().replace(/^\/+|\/+$/g, ''))
            ? undefined
            : trans.__('This is no path below the folder that JupyterLab shows.')
        }
        onChange={folder => onChange({ ...value, folder })}
      />
      {inside && (
        <p>
          {trans.__('This folder is in the dataset: the archive will be a new file that is not saved, unless it is ignored.')}
        </p>
      )}
      {absent.files > 0 && (
        <>
          <p>
            {trans._n(
              'The content of %1 file (%2) is not here.',
              'The content of %1 files (%2) is not here.',
              absent.files,
              formatSize(absent.bytes)
            )}
          </p>
          <Choice<MissingContent>
            label={trans.__('What is not here')}
            options={[
              { value: 'error', label: trans.__('Stop, so that I get it first') },
              { value: 'continue', label: trans.__('Leave it out, and name what is left out') },
              { value: 'ignore', label: trans.__('Leave it out silently') }
            ]}
            value={value.missing ?? 'error'}
            onChange={missing => onChange({ ...value, missing })}
          />
        </>
      )}
      {unsaved > 0 && (
        <p>
          {trans._n(
            '%1 file has changes that are not saved: a file that is kept in Git comes as it is now, one that is annexed as it was saved, a new one not at all.',
            '%1 files have changes that are not saved: those kept in Git come as they are now, annexed ones as they were saved, new ones not at all.',
            unsaved
          )}
        </p>
      )}
      {subdatasets && <p>{trans.__('Subdatasets come as empty folders.')}</p>}
      <CommandPreview
        line={answer === null ? 'datalad export-archive …' : question.commandLine(answer)}
        label={trans.__('Command')}
      />
    </>
  );
}

export interface IUnpackFormProps {
  question: IUnpackQuestion;
  value: IUnpackAnswer;
  onChange(value: IUnpackAnswer): void;
  trans: TranslationBundle;
}

/** What comes out of an archive, where it goes, and what becomes of the archive. */
export function UnpackForm({ question, value, onChange, trans }: IUnpackFormProps): ReactElement {
  const { plan, archiveName } = question;
  return (
    <>
      {plan === null ? (
        <p>
          {trans.__('The archive is too large to tell in a moment what is in it. It is looked through before it is unpacked.')}
        </p>
      ) : (
        <>
          <p>{trans._n('%1 file, %2 unpacked:', '%1 files, %2 unpacked:', plan.files, formatSize(plan.bytes))}</p>
          <Names
            names={plan.names.map(shownName)}
            total={plan.files}
            more={rest => trans._n('and %1 more', 'and %1 more', rest)}
          />
          {plan.links > 0 && (
            <p>
              {trans._n(
                '%1 of them is a link: what it leads to is added in its place.',
                '%1 of them are links: what they lead to is added in their place.',
                plan.links
              )}
            </p>
          )}
        </>
      )}
      <Tick
        label={trans.__('Into a folder of its own, %1', shownName(ownFolderName(archiveName)))}
        checked={value.ownFolder}
        onChange={next => onChange({ ...value, ownFolder: next })}
      />
      {plan?.leading !== '' && (
        <Tick
          label={
            plan === null
              ? trans.__('Without the folders that everything in it lies in')
              : trans.__('Without the folder that everything in it lies in, %1', shownName(plan.leading))
          }
          checked={value.strip}
          onChange={strip => onChange({ ...value, strip })}
        />
      )}
      <Tick
        label={trans.__('Write over files that are there; their saved versions stay in the history')}
        checked={value.overwrite}
        onChange={overwrite => onChange({ ...value, overwrite })}
      />
      <Tick
        label={trans.__('Remove the archive from the folder; the annex keeps its content')}
        checked={value.remove}
        onChange={remove => onChange({ ...value, remove })}
      />
      <p>
        {trans.__(
          'The files are saved at once. Each can be dropped and got again as long as the content of the archive can be got: DataLad notes the archive as a place that has them, by the special remote datalad-archives, which this enables.'
        )}
      </p>
      <CommandPreview line={question.commandLine(value)} label={trans.__('Command')} />
    </>
  );
}
