import type { TranslationBundle } from '@jupyterlab/translation';
import { type ReactElement, useEffect, useState } from 'react';
import { type ContentsPath, contentsPath, isContentsPath } from '../../protocol/paths';
import type { ICopyToQuestion } from './dialogs';
import { CommandPreview, TextField } from './fields';

export interface ICopyToFormProps {
  question: ICopyToQuestion;
  value: string;
  onChange(value: string): void;
  trans: TranslationBundle;
}

/** Where copies go. */
export function CopyToForm({ question, value, onChange, trans }: ICopyToFormProps): ReactElement {
  const error = isPath(value) ? undefined : trans.__('This is no path below the folder that JupyterLab shows.');
  return (
    <>
      <TextField label={trans.__('Into the folder, or to the new name')} {...{ value, onChange }} {...(error && { error })} />
      <p>
        {trans.__(
          'Annexed content comes along. What comes from another dataset is saved in this one; within a dataset a copy takes no space.'
        )}
      </p>
      <CommandPreview line={useLine(question, value) ?? 'datalad copy-file …'} label={trans.__('Command')} />
    </>
  );
}

/** Milliseconds without a key before the server is asked. */
const PAUSE = 300;

/** The line for what was typed, as soon as it is known what is there; null where nothing can be copied to it. */
function useLine(question: ICopyToQuestion, typed: string): string | null {
  const [found, setFound] = useState<{ readonly typed: string; readonly line: string | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    const show = (line: string | null): void => (wanted ? setFound({ typed, line }) : undefined);
    const timer = setTimeout(() => {
      if (isPath(typed)) {
        question.commandLine(copyTarget(typed)).then(show, () => show(null));
      }
    }, PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [question, typed]);
  // No line rather than that of another place.
  return found?.typed === typed ? found.line : null;
}

/** The path that was typed. */
export function copyTarget(typed: string): ContentsPath {
  return contentsPath(typed.trim());
}

function isPath(typed: string): boolean {
  return isContentsPath(typed.trim().replace(/^\/+|\/+$/g, ''));
}
