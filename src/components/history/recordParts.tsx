import type { TranslationBundle } from '@jupyterlab/translation';
import { Fragment, type ReactNode } from 'react';
import { shownName } from '../../protocol/names';
import type { RunFacts, RunRecord } from '../../protocol/run';
import { visible, visibleLines } from '../trust/visible';
import { Printed } from '../printed';

export interface IRecordPartsProps {
  record: RunRecord;
  /** As it was written. */
  text: string;
  trans: TranslationBundle;
}

/** One field of a record. */
interface IPart {
  /** As it stands in the JSON. */
  field: string;
  value: ReactNode;
  explained: string;
}

/** A run record for those who learn to read one: what each of its parts is for, beside its text. */
export function RecordParts({ record, text, trans }: IRecordPartsProps): JSX.Element {
  return (
    <div className="jp-Datalad-recordParts">
      {record.state === 'read' && (
        <dl className="jp-Datalad-parts" aria-label={trans.__('Parts of the record')}>
          {partsOf(record.facts, trans).map(({ field, value, explained }) => (
            <Fragment key={field}>
              <dt>
                <code>{field}</code>
              </dt>
              <dd>
                {value}
                <div className="jp-Datalad-dim">{explained}</div>
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
      {text !== '' && <Printed className="jp-Datalad-commitBody" label={trans.__('Whole record')} text={visibleLines(text)} />}
      <p className="jp-Datalad-text jp-Datalad-dim">
        {record.state === 'read' && record.file !== undefined
          ? trans.__('The record lies in %1, compressed. The message of the commit has its name only.', shownName(record.file))
          : trans.__(
              'The record is JSON between two lines of the commit message, which “datalad rerun” looks for. What stands before them is for people.'
            )}
      </p>
    </div>
  );
}

function partsOf(facts: RunFacts, trans: TranslationBundle): IPart[] {
  const { command, list, inputs, outputs, extraInputs, folder, outside, exit, dsid, chain, other } = facts;
  return [
    {
      field: 'cmd',
      value: <code>{visible(command)}</code>,
      explained:
        list === true
          ? trans.__('What was run: a list of arguments, which no shell looks at.')
          : trans.__('What was run, by a shell. {inputs}, {outputs} and {pwd} stand for what is said below.')
    },
    {
      field: 'pwd',
      value: <code>{folder === undefined ? '.' : visible(folder)}</code>,
      explained:
        outside === true
          ? trans.__('The folder that it ran in: it leads out of the dataset.')
          : trans.__('The folder that it ran in, seen from the top of the dataset. Names of inputs and outputs begin there.')
    },
    {
      field: 'inputs',
      value: <Listed names={inputs} trans={trans} />,
      explained: trans.__('Files whose content DataLad gets before it runs the command; * and ** stand for many.')
    },
    {
      field: 'extra_inputs',
      value: <Listed names={extraInputs} trans={trans} />,
      explained: trans.__('What it needs besides, such as the image of a container.')
    },
    {
      field: 'outputs',
      value: <Listed names={outputs} trans={trans} />,
      explained: trans.__('Files that are made writable before the command runs, and saved after it.')
    },
    {
      field: 'exit',
      value: <code>{exit === undefined ? trans.__('not noted') : String(exit)}</code>,
      explained: trans.__('How the command ended: 0 is success, anything else a failure.')
    },
    {
      field: 'dsid',
      value: <code>{dsid === undefined ? trans.__('not noted') : visible(dsid)}</code>,
      explained: trans.__(
        'The id of the dataset it was run in. Where it is that of another dataset, it can be run again only there.'
      )
    },
    {
      field: 'chain',
      value: <Listed names={chain} trans={trans} />,
      explained: trans.__('Commits of the runs that this one repeats, the first one first.')
    },
    ...other.map(field => ({
      field: visible(field),
      value: null,
      explained: trans.__('DataLad does not write this, and looks at nothing in it.')
    }))
  ];
}

function Listed({ names, trans }: { names: readonly string[]; trans: TranslationBundle }): JSX.Element {
  return names.length === 0 ? (
    <span>{trans.__('none')}</span>
  ) : (
    <>
      {names.map((name, at) => (
        <Fragment key={at}>
          {at > 0 && ', '}
          <code>{visible(name)}</code>
        </Fragment>
      ))}
    </>
  );
}
