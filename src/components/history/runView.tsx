import type { TranslationBundle } from '@jupyterlab/translation';
import { lazy, Suspense, useState } from 'react';
import { picture, replaceUnseen, shownName } from '../../protocol/names';
import type { ContentsPath } from '../../protocol/paths';
import type { RunFacts, RunRecord } from '../../protocol/run';
import { visibleLines } from '../trust/visible';
import { Printed } from '../printed';

/** A text of several lines in which nothing is hidden; its line breaks and tabs stay. */
export function plainText(text: string): string {
  return replaceUnseen(text, {
    unseen: char => (char === '\n' || char === '\t' ? char : picture(char)),
    foreign: byte => `\\x${byte.toString(16)}`
  });
}

/** For those who look closely: it is not part of what is loaded at first. */
const RecordParts = lazy(async () => ({ default: (await import('./recordParts')).RecordParts }));

export interface IRunViewProps {
  record: RunRecord;
  /** The record as it stands in the message; empty: it is not at hand. */
  raw?: string;
  trans: TranslationBundle;
  /** Gets the content of the file that holds the record. */
  onGet?(file: ContentsPath): void;
}

/** What a run did, as its record tells. */
export function RunView({ record, raw = '', trans, onGet }: IRunViewProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const read = record.state === 'read';
  const text = (read && record.text) || raw.trim();
  return (
    <div role="group" aria-label={trans.__('The run')}>
      {read ? <Facts facts={record.facts} trans={trans} /> : <Unread record={record} trans={trans} onGet={onGet} />}
      {(read || text !== '') && (
        <details onToggle={event => setOpen(event.currentTarget.open)}>
          <summary>{trans.__('The record, part by part')}</summary>
          {open && (
            <Suspense fallback={<p className="jp-Datalad-text jp-Datalad-dim">{trans.__('Reading…')}</p>}>
              <RecordParts record={record} text={text} trans={trans} />
            </Suspense>
          )}
        </details>
      )}
    </div>
  );
}

function Facts({ facts, trans }: { facts: RunFacts; trans: TranslationBundle }): JSX.Element {
  const { command, inputs, outputs, extraInputs, folder, outside, exit } = facts;
  return (
    <>
      <Printed className="jp-Datalad-commitBody" label={trans.__('Command')} text={visibleLines(command)} />
      <Names title={trans.__('Inputs')} names={inputs} />
      <Names title={trans.__('Also needed')} names={extraInputs} />
      <Names title={trans.__('Outputs')} names={outputs} />
      {folder !== undefined && (
        <p className="jp-Datalad-text jp-Datalad-dim">
          {outside === true
            ? trans.__('Run outside of the dataset, in %1', shownName(folder))
            : trans.__('Run in %1', shownName(folder))}
        </p>
      )}
      {exit !== undefined && (
        <p className="jp-Datalad-text jp-Datalad-dim">
          {exit === 0 ? trans.__('It succeeded (exit code 0).') : trans.__('It failed (exit code %1).', exit)}
        </p>
      )}
    </>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }): JSX.Element | null {
  return names.length === 0 ? null : (
    <p className="jp-Datalad-text jp-Datalad-dim">
      {title}: {names.map(shownName).join(', ')}
    </p>
  );
}

/** Why a record cannot be told, and what can be done. */
function Unread({
  record,
  trans,
  onGet
}: Pick<IRunViewProps, 'trans' | 'onGet'> & { record: Exclude<RunRecord, { state: 'read' }> }): JSX.Element {
  const { state, file } = record;
  return (
    <>
      <p className="jp-Datalad-text jp-Datalad-dim">{unreadWords(state, shownName(file ?? ''), trans)}</p>
      {state === 'not-here' && onGet !== undefined && (
        <button type="button" className="jp-Datalad-button" onClick={() => onGet(record.file)}>
          {trans.__('Get the record')}
        </button>
      )}
    </>
  );
}

function unreadWords(state: Exclude<RunRecord['state'], 'read'>, file: string, trans: TranslationBundle): string {
  switch (state) {
    case 'not-here':
      return trans.__('Its record lies in %1, whose content is not here.', file);
    case 'lost':
      return trans.__('Its record should lie in %1, which this commit does not have.', file);
    case 'not-json':
      return trans.__('Its record cannot be read: it is no JSON. DataLad cannot run it again.');
    case 'no-command':
      return trans.__('Its record names no command. DataLad cannot run it again.');
    case 'too-large':
      return trans.__('Its record is too large to be read here.');
    case 'unsafe-name':
      return trans.__('It names a file for its record that is none of .datalad/runinfo, and is not looked at.');
  }
}
