import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { isContentsPath } from '../../protocol/paths';
import type { RunPart } from '../../protocol/runRequest';
import type { IRunAnswer } from './runQuestions';
import { SelectField, TextField } from './fields';

export interface IRunMoreProps {
  value: IRunAnswer;
  set(part: Partial<IRunAnswer>): void;
  trans: TranslationBundle;
}

/** What is seldom changed of a run, folded; unfolded at first where it was given. */
export function RunMore({ value, set, trans }: IRunMoreProps): ReactElement {
  const { folder, expand, assumeReady, container } = value;
  const parts = (none: string): readonly { value: RunPart | 'none'; label: string }[] => [
    { value: 'none', label: none },
    { value: 'inputs', label: trans.__('inputs') },
    { value: 'outputs', label: trans.__('outputs') },
    { value: 'both', label: trans.__('inputs and outputs') }
  ];
  const given = (part: RunPart | 'none'): RunPart | undefined => (part === 'none' ? undefined : part);
  return (
    <details open={folder !== '' || expand !== undefined || assumeReady !== undefined}>
      <summary>{trans.__('More')}</summary>
      <TextField
        label={trans.__('Folder it runs in')}
        value={folder}
        placeholder={trans.__('the dataset itself')}
        {...(isContentsPath(folder.replace(/\/+$/u, ''))
          ? {}
          : { error: trans.__('It has to be a folder of this dataset, and no “..”.') })}
        onChange={text => set({ folder: text })}
      />
      <SelectField
        label={trans.__('Names of files in the record')}
        options={parts(trans.__('none: patterns stay as they are written'))}
        value={expand ?? 'none'}
        onChange={part => set({ expand: given(part) })}
      />
      {container === undefined && (
        <SelectField
          label={trans.__('Ready already: not fetched, nor unlocked')}
          options={parts(trans.__('none'))}
          value={assumeReady ?? 'none'}
          onChange={part => set({ assumeReady: given(part) })}
        />
      )}
    </details>
  );
}
