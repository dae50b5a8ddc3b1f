import type { TranslationBundle } from '@jupyterlab/translation';
import { type FormEvent, useState } from 'react';
import type { Prompt } from '../../protocol/job';

export interface IJobPromptProps {
  prompt: Prompt;
  trans: TranslationBundle;
  /** Null: the question is declined. */
  onAnswer(value: string | null): void;
}

/** A question of a running job. A secret is never shown, kept or sent anywhere but to the job. */
export function JobPrompt({ prompt, trans, onAnswer }: IJobPromptProps): JSX.Element {
  const [value, setValue] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setValue('');
    onAnswer(value);
  };
  if (prompt.choices !== undefined) {
    return (
      <div className="jp-Datalad-note" data-gravity="info" role="group" aria-label={prompt.text}>
        <p>{prompt.text}</p>
        <div className="jp-Datalad-buttons">
          {prompt.choices.map(choice => (
            <button key={choice} type="button" className="jp-Datalad-button" onClick={() => onAnswer(choice)}>
              {choice}
            </button>
          ))}
          <Decline trans={trans} onAnswer={onAnswer} />
        </div>
      </div>
    );
  }
  return (
    <form className="jp-Datalad-note" data-gravity="info" onSubmit={submit}>
      <label>
        {prompt.text}
        <input
          className="jp-Datalad-input"
          type={prompt.secret ? 'password' : 'text'}
          autoComplete="off"
          value={value}
          onChange={event => setValue(event.currentTarget.value)}
        />
      </label>
      <div className="jp-Datalad-buttons">
        <button type="submit" className="jp-Datalad-button jp-mod-primary">
          {trans.__('Answer')}
        </button>
        <Decline trans={trans} onAnswer={onAnswer} />
      </div>
    </form>
  );
}

function Decline({ trans, onAnswer }: Pick<IJobPromptProps, 'trans' | 'onAnswer'>): JSX.Element {
  return (
    <button type="button" className="jp-Datalad-button" onClick={() => onAnswer(null)}>
      {trans.__('Decline')}
    </button>
  );
}
