import type { TranslationBundle } from '@jupyterlab/translation';
import { picture, replaceUnseen, shownName } from '../../protocol/names';
import type { RunFacts } from '../../protocol/run';

/** A text of several lines in which nothing is hidden; its line breaks and tabs stay. */
export function plainText(text: string): string {
  return replaceUnseen(text, {
    unseen: char => (char === '\n' || char === '\t' ? char : picture(char)),
    foreign: byte => `\\x${byte.toString(16)}`
  });
}

export interface IRunViewProps {
  /** Null where the record lies in a file of its own, or cannot be read. */
  facts: RunFacts | null;
  /** The whole of it, as it stands in the message; empty: there is no more to show. */
  record?: string;
  trans: TranslationBundle;
}

/** What a run did, as its record tells. */
export function RunView({ facts, record = '', trans }: IRunViewProps): JSX.Element {
  return (
    <div role="group" aria-label={trans.__('The run')}>
      {facts === null ? (
        <p className="jp-Datalad-text jp-Datalad-dim">{trans.__('Its record lies in a file of its own, in .datalad/runinfo.')}</p>
      ) : (
        <>
          <pre className="jp-Datalad-commitBody" tabIndex={0} aria-label={trans.__('Command')}>
            {plainText(facts.command)}
          </pre>
          <Names title={trans.__('Inputs')} names={facts.inputs} />
          <Names title={trans.__('Outputs')} names={facts.outputs} />
          {facts.folder !== undefined && (
            <p className="jp-Datalad-text jp-Datalad-dim">{trans.__('Run in %1', shownName(facts.folder))}</p>
          )}
          {facts.exit !== undefined && (
            <p className="jp-Datalad-text jp-Datalad-dim">
              {facts.exit === 0 ? trans.__('It succeeded (exit code 0).') : trans.__('It failed (exit code %1).', facts.exit)}
            </p>
          )}
        </>
      )}
      {record !== '' && (
        <details>
          <summary>{trans.__('Whole record')}</summary>
          <pre className="jp-Datalad-commitBody" tabIndex={0} aria-label={trans.__('Whole record')}>
            {plainText(record.trim())}
          </pre>
        </details>
      )}
    </div>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }): JSX.Element | null {
  return names.length === 0 ? null : (
    <p className="jp-Datalad-text jp-Datalad-dim">
      {title}: {names.map(shownName).join(', ')}
    </p>
  );
}
