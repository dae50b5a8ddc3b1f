import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { type ContentsPath, contentsPath, isContentsPath } from '../../protocol/paths';
import { TextField } from './fields';

export interface ICopyToFormProps {
  value: string;
  onChange(value: string): void;
  trans: TranslationBundle;
}

/** Where copies go. */
export function CopyToForm({ value, onChange, trans }: ICopyToFormProps): ReactElement {
  const error = isPath(value) ? undefined : trans.__('This is no path below the folder that JupyterLab shows.');
  return (
    <>
      <TextField label={trans.__('Into the folder, or to the new name')} {...{ value, onChange }} {...(error && { error })} />
      <p>
        {trans.__(
          'Annexed content comes along. What comes from another dataset is saved in this one; within a dataset a copy takes no space.'
        )}
      </p>
    </>
  );
}

/** The path that was typed. */
export function copyTarget(typed: string): ContentsPath {
  return contentsPath(typed.trim());
}

function isPath(typed: string): boolean {
  return isContentsPath(typed.trim().replace(/^\/+|\/+$/g, ''));
}
