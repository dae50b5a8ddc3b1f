import type { TranslationBundle } from '@jupyterlab/translation';
import { type ReactElement, useId } from 'react';
import { shownName } from '../../protocol/names';
import type { RunnableProcedure } from '../../protocol/procedure';
import { visible } from '../trust/visible';
import { Printed } from '../printed';
import type { IChooseProcedureQuestion, IRunProcedureQuestion } from './dialogs';
import { CommandPreview } from './fields';
import { originWords, procedureWords } from './procedureChoice';

export interface IProcedureListProps {
  question: IChooseProcedureQuestion;
  /** Name of the chosen one. */
  value: string;
  onChange(value: string): void;
  trans: TranslationBundle;
}

/** The procedures there are, each with where it comes from; of one name only the first can be run. */
export function ProcedureList({ question, value, onChange, trans }: IProcedureListProps): ReactElement {
  const name = useId();
  const shadowed = question.procedures.filter(({ hidden }) => hidden === true);
  return (
    <>
      <p>{trans.__('A procedure is a program that sets up a dataset. It is shown before it runs.')}</p>
      <fieldset className="jp-Datalad-form-choice jp-Datalad-procedures">
        <legend>{trans.__('Procedure')}</legend>
        {question.procedures
          .filter(({ hidden }) => hidden !== true)
          .map(procedure => (
            <label key={procedure.name}>
              <input type="radio" name={name} checked={procedure.name === value} onChange={() => onChange(procedure.name)} />
              <span>
                <strong>{shownName(procedure.name)}</strong> {wordsOf(procedure, trans)}
                {procedure.from !== 'datalad' && <small> {placeWords(procedure, trans)}</small>}
              </span>
            </label>
          ))}
      </fieldset>
      {shadowed.length > 0 && (
        <p>
          {trans.__(
            'Others of the same name come before these, so that they are never run: %1',
            shadowed.map(procedure => `${shownName(procedure.name)} ${placeWords(procedure, trans)}`).join(', ')
          )}
        </p>
      )}
    </>
  );
}

/** DataLad's own in plain words; here they have the names of their files. */
function wordsOf({ name, from, summary }: RunnableProcedure, trans: TranslationBundle): string {
  return from === 'dataset' || from === 'subdataset'
    ? shownName(summary ?? '')
    : procedureWords(
        { name: name.replace(/^cfg_/u, ''), from, origin: '', ...(summary === undefined ? {} : { summary }) },
        trans
      );
}

function placeWords({ from, origin }: RunnableProcedure, trans: TranslationBundle): string {
  switch (from) {
    case 'dataset':
      return trans.__('(came with this dataset, in %1)', shownName(origin));
    case 'subdataset':
      return trans.__('(came with a subdataset, in %1)', shownName(origin));
    default:
      return originWords(from, shownName(origin), trans);
  }
}

/** What would run, as it is, so that somebody can say whether it may. */
export function ProcedureScriptView({
  question,
  trans
}: {
  question: IRunProcedureQuestion;
  trans: TranslationBundle;
}): ReactElement {
  const { script, unsaved, commandLine } = question;
  const { procedure, file, text, callFormat } = script;
  const foreign = procedure.from === 'dataset' || procedure.from === 'subdataset';
  return (
    <>
      <p>
        {foreign
          ? trans.__(
              'This program came with the files of a dataset. It can do whatever you can: run it only if you know who made it.'
            )
          : trans.__('This program is part of what is installed on this machine, %1.', placeWords(procedure, trans))}
      </p>
      <p className="jp-Datalad-dim">{shownName(file)}</p>
      {text === null ? (
        <p role="alert">{trans.__('It is no text, or too long to be read. What cannot be shown is not run from here.')}</p>
      ) : (
        <Printed className="jp-Datalad-script" label={trans.__('What would run')} text={shownText(text)} />
      )}
      {callFormat !== undefined && (
        <p>
          {trans.__('A setting has it started as:')} <code>{visible(callFormat)}</code>
        </p>
      )}
      {unsaved > 0 && (
        <p>
          {trans._n(
            '%1 file has changes that are not saved. A procedure may change it, and save it with its own changes.',
            '%1 files have changes that are not saved. A procedure may change them, and save them with its own changes.',
            unsaved
          )}
        </p>
      )}
      {text !== null && <CommandPreview line={commandLine} label={trans.__('Command')} />}
    </>
  );
}

/** Line by line, with what cannot be seen as pictures; tabs are what they are. */
function shownText(text: string): string {
  return text
    .split('\n')
    .map(line => line.split('\t').map(visible).join('\t'))
    .join('\n');
}
