import type { TranslationBundle } from '@jupyterlab/translation';
import { useId, useState } from 'react';
import type { CommandHelp, HelpOption } from '../../protocol/help';
import { failureWords } from '../failures/words';
import { Printed } from '../printed';
import type { HelpState } from './useHelp';

export interface IHelpViewProps {
  /** Null until it is here. */
  state: HelpState | null;
  trans: TranslationBundle;
}

/** What a command says of itself: how it is called, what its options do, and all that it printed. */
export function HelpView({ state, trans }: IHelpViewProps): JSX.Element {
  if (state === null) {
    return <p role="status">{trans.__('Asking the command…')}</p>;
  }
  if ('failure' in state) {
    const { title, text } = failureWords(state.failure, { trans, names: [] });
    return (
      <p role="alert">
        {title} {text}
      </p>
    );
  }
  // A search does not go on in another command.
  return <Help key={state.help.subject} help={state.help} trans={trans} />;
}

function Help({ help, trans }: { help: CommandHelp; trans: TranslationBundle }): JSX.Element {
  const { summary, synopsis, options, text } = help;
  return (
    <div className="jp-Datalad-help">
      {summary !== undefined && <p>{summary}</p>}
      <Printed label={trans.__('How it is called')} text={synopsis} />
      {options.length > 0 && <Options options={options} trans={trans} />}
      <details>
        <summary>{trans.__('The whole text')}</summary>
        <Printed className="jp-Datalad-helpText" label={trans.__('The whole text')} text={text} />
      </details>
    </div>
  );
}

function Options({ options, trans }: { options: readonly HelpOption[]; trans: TranslationBundle }): JSX.Element {
  const id = useId();
  const [search, setSearch] = useState('');
  const found = searched(options, search);
  return (
    <>
      <div className="jp-Datalad-form-field">
        <label htmlFor={id}>{trans.__('Search its options')}</label>
        <input
          id={id}
          className="jp-mod-styled"
          type="search"
          value={search}
          spellCheck={false}
          autoComplete="off"
          onChange={event => setSearch(event.target.value)}
        />
      </div>
      <p className="jp-Datalad-dim" role="status">
        {search.trim() === ''
          ? trans._n('%1 option', '%1 options', options.length)
          : trans.__('%1 of %2 options', found.length, options.length)}
      </p>
      <div className="jp-Datalad-helpOptions" tabIndex={0} role="region" aria-label={trans.__('Options')}>
        <dl>
          {found.map(({ name, text }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}

/** Those that have every word; those that have them in their name come first. */
export function searched(options: readonly HelpOption[], search: string): readonly HelpOption[] {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const has = (text: string): boolean => words.every(word => text.toLowerCase().includes(word));
  const found = options.filter(({ name, text }) => has(`${name} ${text}`));
  return [...found.filter(({ name }) => has(name)), ...found.filter(({ name }) => !has(name))];
}
