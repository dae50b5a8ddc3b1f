import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { type ContentsPath, foldersAround } from '../../protocol/paths';
import { relativeName } from '../names';
import type { IRestoreQuestion } from './dialogs';
import { Choice, CommandPreview } from './fields';

export interface IRestoreFormProps {
  question: IRestoreQuestion;
  value: ContentsPath;
  onChange(value: ContentsPath): void;
  trans: TranslationBundle;
}

/** How much of a commit is brought back: what was pointed at, a folder around it, or all of the dataset. */
export function RestoreForm({ question, value, onChange, trans }: IRestoreFormProps): ReactElement {
  const { dataset, path, isFolder, commandLine } = question;
  const places = [path, ...foldersAround(path, dataset)];
  const labelOf = (place: ContentsPath): string => {
    if (place === dataset) {
      return trans.__('Everything in the dataset');
    }
    const name = relativeName(place, dataset);
    return place === path && !isFolder ? name : trans.__('Everything in %1', name);
  };
  return (
    <>
      {places.length > 1 && (
        <Choice
          label={trans.__('What is brought back')}
          options={places.map(place => ({ value: place, label: labelOf(place) }))}
          value={value}
          onChange={onChange}
        />
      )}
      <p>
        {value === path && !isFolder
          ? trans.__('The file comes to be as it was then, not saved yet.')
          : trans.__('The files come to be as they were then, not saved yet. Files that came later stay, and so do subdatasets.')}
      </p>
      <p>{trans.__('Where that would write over changes that are not saved, nothing is done.')}</p>
      <CommandPreview line={commandLine(value)} label={trans.__('Command')} />
    </>
  );
}
