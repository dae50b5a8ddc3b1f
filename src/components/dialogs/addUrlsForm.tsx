import type { TranslationBundle } from '@jupyterlab/translation';
import { type ReactElement, useEffect } from 'react';
import { contentsPath, isContentsPath } from '../../protocol/paths';
import type { FormatFlaw, UrlTablePlan } from '../../protocol/urlTable';
import { UrlPlanView } from './addUrlsPlan';
import type { IAddUrlsAnswer, IAddUrlsQuestion, IUrlTable } from './dialogs';
import { CommandPreview, TextField, Tick } from './fields';
import { useUrlPlan } from './useUrlPlan';

/** What is typed; becomes an answer when the dialog is accepted. */
export type IAddUrlsDraft = IAddUrlsQuestion['initial'];

/** The answer a draft stands for, or null while it is not complete. */
export function addUrlsAnswer(draft: IAddUrlsDraft): IAddUrlsAnswer | null {
  const table = tableOf(draft);
  const { urlFormat, fileFormat, message } = draft;
  return table === null || !urlFormat || !fileFormat ? null : { ...table, urlFormat, fileFormat, message: message.trim() };
}

function tableOf({ table, urlFormat, fileFormat, skip }: IAddUrlsDraft): IUrlTable | null {
  const path = table.trim().replace(/^\/+|\/+$/g, '');
  return path !== '' && isContentsPath(path) ? { table: contentsPath(path), urlFormat, fileFormat, skip } : null;
}

interface IAddUrlsFormProps {
  question: IAddUrlsQuestion;
  value: IAddUrlsDraft;
  onChange(value: IAddUrlsDraft): void;
  trans: TranslationBundle;
}

/** By which table, how its columns make addresses and names, and what that comes to. */
export function AddUrlsForm({ question, value, onChange, trans }: IAddUrlsFormProps): ReactElement {
  const table = tableOf(value);
  const { plan, failure } = useUrlPlan(question, table);
  const answer = addUrlsAnswer(value);
  useEffect(() => {
    if (plan !== null && (value.urlFormat === null || value.fileFormat === null)) {
      onChange({ ...value, urlFormat: value.urlFormat ?? plan.urlFormat, fileFormat: value.fileFormat ?? plan.fileFormat });
    }
    // Only what was looked up brings formats, once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [plan]);
  const flawOf = (format: FormatFlaw['format']): string | undefined =>
    plan?.flaw?.format === format ? formatWords(plan.flaw, plan, trans) : undefined;
  return (
    <>
      <TextField
        label={trans.__('Table (CSV, TSV or JSON)')}
        value={value.table}
        required
        error={value.table.trim() === '' || table !== null ? undefined : trans.__('This is no path.')}
        onChange={next => onChange({ ...value, table: next, urlFormat: null, fileFormat: null })}
      />
      <TextField
        label={trans.__('Addresses')}
        value={value.urlFormat ?? ''}
        required
        error={flawOf('url')}
        onChange={urlFormat => onChange({ ...value, urlFormat })}
      />
      <TextField
        label={trans.__('File names, from the top of the dataset')}
        value={value.fileFormat ?? ''}
        required
        error={flawOf('file')}
        onChange={fileFormat => onChange({ ...value, fileFormat })}
      />
      {plan !== null && <Columns plan={plan} trans={trans} />}
      <UrlPlanView {...{ plan, failure, trans }} />
      <Tick
        label={trans.__('Skip rows whose file is there already')}
        checked={value.skip}
        onChange={skip => onChange({ ...value, skip })}
      />
      <TextField
        label={trans.__('Message (optional)')}
        value={value.message}
        onChange={message => onChange({ ...value, message })}
      />
      <CommandPreview line={answer === null ? 'datalad addurls …' : question.commandLine(answer)} label={trans.__('Command')} />
    </>
  );
}

/** More columns are only counted. */
const MOST_COLUMNS = 12;

/** What can stand in a format. */
function Columns({ plan, trans }: { plan: UrlTablePlan; trans: TranslationBundle }): ReactElement {
  const { columns, ordered } = plan;
  const more = columns.length - MOST_COLUMNS;
  return (
    <details>
      <summary>{trans.__('What can stand in braces')}</summary>
      <p>
        {ordered
          ? trans.__('A column of the table, by its name or its number, counted from 0:')
          : trans.__('A column of the table, by its name:')}
      </p>
      <ul className="jp-Datalad-form-names" aria-label={trans.__('Columns')}>
        {columns.slice(0, MOST_COLUMNS).map((column, at) => (
          <li key={at}>
            <code>{`{${column}}`}</code>
          </li>
        ))}
        {more > 0 && <li>{trans._n('and %1 more', 'and %1 more', more)}</li>}
      </ul>
      <p>
        {trans.__(
          'In file names also parts of the address: {_url_basename} is its last name, {_url_basename_root} and {_url_basename_ext} that name in two, {_url_hostname} the server, {_url0} the first folder. {_repindex} counts names that come more than once. A brace that is meant as such is written twice.'
        )}
      </p>
    </details>
  );
}

function formatWords({ why, name }: FormatFlaw, { ordered }: UrlTablePlan, trans: TranslationBundle): string {
  switch (why) {
    case 'syntax':
      return trans.__('Braces come in pairs around the name of a column.');
    case 'unknown':
      return trans.__('There is no column %1.', name);
    case 'unsupported':
      return ordered
        ? trans.__('%1 is not offered here. A column whose name has a dot, a colon or a bracket is named by its number.', name)
        : trans.__('%1 is not offered here. Rename a column whose name has a dot, a colon or a bracket.', name);
  }
}
