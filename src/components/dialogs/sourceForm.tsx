import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { addressFlaw, holdsSecret } from '../../protocol/address';
import { formatSize } from '../../protocol/size';
import { addressError } from './addressError';
import type { ISourceAnswer, ISourceQuestion } from './dialogs';
import { Choice, CommandPreview, TextField } from './fields';

interface ISourceFormProps {
  question: ISourceQuestion;
  value: ISourceAnswer;
  onChange(value: ISourceAnswer): void;
  trans: TranslationBundle;
}

/** Nothing to translate. */
const EXAMPLE = 'https://example.org/data.csv';

/** The answer a draft stands for, or null while it is not complete. */
export function sourceAnswer({ url: typed, sizeOnly }: ISourceAnswer): ISourceAnswer | null {
  const url = typed.trim();
  return addressFlaw(url) === null && !holdsSecret(url) ? { url, sizeOnly } : null;
}

/** Where a file can be got from, too, and how that is checked. */
export function SourceForm({ question, value, onChange, trans }: ISourceFormProps): ReactElement {
  const { bytes } = question;
  const answer = sourceAnswer(value);
  return (
    <>
      <TextField
        label={trans.__('This file is also at the address')}
        value={value.url}
        required
        placeholder={EXAMPLE}
        error={addressError(value.url, { kept: true, trans })}
        onChange={url => onChange({ ...value, url })}
      />
      <Choice<'all' | 'size'>
        label={trans.__('Before it is noted, compare')}
        options={[
          {
            value: 'all',
            label:
              bytes === undefined
                ? trans.__('All of the content, which is downloaded for that')
                : trans.__('All of the content: %1 are downloaded for that', formatSize(bytes))
          },
          { value: 'size', label: trans.__('The size alone, as the server tells it') }
        ]}
        value={value.sizeOnly ? 'size' : 'all'}
        onChange={how => onChange({ ...value, sizeOnly: how === 'size' })}
      />
      {value.sizeOnly && (
        <p>
          {trans.__(
            'A source counts as a copy. If there were something else of the same size at the address, a drop could take away the last copy there is.'
          )}
        </p>
      )}
      <CommandPreview line={answer === null ? 'git annex addurl …' : question.commandLine(answer)} label={trans.__('Command')} />
    </>
  );
}
