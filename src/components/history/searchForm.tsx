import type { TranslationBundle } from '@jupyterlab/translation';
import { filterIcon } from '@jupyterlab/ui-components';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { HistorySearch } from '../../protocol/history';
import { searchLine } from '../../protocol/historySearch';
import { IconButton } from '../iconButton';
import { visible } from '../trust/visible';

export interface ISearchFormProps {
  /** What the list is searched for now; its form begins with that. */
  search: HistorySearch;
  /** What the history is of, as it is called in a terminal. */
  branch: string | null;
  /** It is that of one path already. */
  ofPath: boolean;
  trans: TranslationBundle;
  onSearch(search: HistorySearch): void;
  /** What stands beside the field. */
  children?: ReactNode;
}

interface IFields {
  message: string;
  author: string;
  /** As a field for dates has them: `2026-11-28`. */
  since: string;
  until: string;
  path: string;
}

/** Milliseconds without a key press after which a search begins. */
const PAUSE = 300;

/** One field for words of the message; path, author and dates behind a button. */
export function SearchForm({ search, branch, ofPath, trans, onSearch, children }: ISearchFormProps): JSX.Element {
  const [fields, setFields] = useState(() => fieldsOf(search));
  const [more, setMore] = useState(Object.keys(search).some(name => name !== 'message'));
  const id = useId();
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const timer = setTimeout(() => onSearch(searchOf(fields)), PAUSE);
    return () => clearTimeout(timer);
  }, [fields, onSearch]);
  const field = (name: keyof IFields) => ({
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }): void => {
      const { value } = event.currentTarget;
      setFields(before => ({ ...before, [name]: value }));
    }
  });
  return (
    <form role="search" aria-label={trans.__('Search the history')} onSubmit={event => event.preventDefault()}>
      <div className="jp-Datalad-searchLine">
        <input
          type="search"
          className="jp-Datalad-input"
          aria-label={trans.__('Words in the message')}
          placeholder={trans.__('Search messages')}
          maxLength={1000}
          {...field('message')}
        />
        <IconButton
          icon={filterIcon}
          label={ofPath ? trans.__('Author and dates') : trans.__('Path, author and dates')}
          pressed={more}
          onClick={() => {
            // What is hidden must not go on leaving commits out.
            setFields(before => (more ? { ...fieldsOf({}), message: before.message } : before));
            setMore(!more);
          }}
        />
        {children}
      </div>
      {more && (
        <div className="jp-Datalad-searchMore">
          {!ofPath && (
            <>
              <label htmlFor={`${id}path`}>{trans.__('Path')}</label>
              <input
                id={`${id}path`}
                className="jp-Datalad-input"
                placeholder={trans.__('code/ or *.csv')}
                title={trans.__(
                  'A file or folder, also one that is gone. A name is looked for in all folders, one with a slash from the top of the dataset; * and ? stand for other letters.'
                )}
                maxLength={1000}
                {...field('path')}
              />
            </>
          )}
          <label htmlFor={`${id}author`}>{trans.__('Author')}</label>
          <input id={`${id}author`} className="jp-Datalad-input" maxLength={1000} {...field('author')} />
          <label htmlFor={`${id}since`}>{trans.__('From')}</label>
          <input id={`${id}since`} type="date" className="jp-Datalad-input" {...field('since')} />
          <label htmlFor={`${id}until`}>{trans.__('To')}</label>
          <input id={`${id}until`} type="date" className="jp-Datalad-input" {...field('until')} />
          {search.path !== undefined && (
            <code tabIndex={0} role="group" aria-label={trans.__('In a terminal')}>
              {visible(searchLine(search, branch))}
            </code>
          )}
        </div>
      )}
    </form>
  );
}

function fieldsOf({ message = '', author = '', path = '', since, until }: HistorySearch): IFields {
  return { message, author, path, since: dateOf(since), until: dateOf(until) };
}

/** What the fields ask for; the last day counts whole, and days are those of the browser's time zone. */
export function searchOf({ message, author, since, until, path }: IFields): HistorySearch {
  const [from, to] = [Date.parse(`${since}T00:00:00`), Date.parse(`${until}T23:59:59`)];
  return {
    ...(message.trim() === '' ? {} : { message: message.trim() }),
    ...(author.trim() === '' ? {} : { author: author.trim() }),
    ...(from >= 0 ? { since: from } : {}),
    ...(to >= 0 ? { until: to } : {}),
    ...(path.trim() === '' ? {} : { path: path.trim() })
  };
}

function dateOf(time: number | undefined): string {
  if (time === undefined) {
    return '';
  }
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
