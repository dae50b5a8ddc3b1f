import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { shownName } from '../../protocol/names';
import type { Procedure } from '../../protocol/procedure';
import { Tick } from './fields';

const RARE = 'noannex';

export interface IProcedureChoiceProps {
  procedures: readonly Procedure[];
  chosen: readonly string[];
  trans: TranslationBundle;
  onChange(chosen: string[]): void;
}

/** Ways to set up a dataset; those that were ticked run in the order of the list. Nothing where there is none. */
export function ProcedureChoice({ procedures, chosen, trans, onChange }: IProcedureChoiceProps): ReactElement | null {
  if (procedures.length === 0) {
    return null;
  }
  // What few want stands at the end.
  const listed = [...procedures.filter(({ name }) => name !== RARE), ...procedures.filter(({ name }) => name === RARE)];
  const names = listed.map(({ name }) => name);
  return (
    <fieldset className="jp-Datalad-form-choice">
      <legend>{trans.__('Set it up by')}</legend>
      {listed.map(procedure => (
        <Tick
          key={procedure.name}
          label={<Label procedure={procedure} trans={trans} />}
          checked={chosen.includes(procedure.name)}
          onChange={on => onChange(names.filter(name => (name === procedure.name ? on : chosen.includes(name))))}
        />
      ))}
      {chosen.includes(RARE) && chosen.includes('text2git') && (
        <p className="jp-Datalad-form-error">
          {trans.__('Without an annex there is nothing that text2git could keep out of it.')}
        </p>
      )}
    </fieldset>
  );
}

function Label({ procedure, trans }: { procedure: Procedure; trans: TranslationBundle }): ReactElement {
  const { name, from, origin } = procedure;
  return (
    <>
      <strong>{shownName(name)}</strong> {procedureWords(procedure, trans)}
      {from !== 'datalad' && <small> {originWords(from, shownName(origin), trans)}</small>}
    </>
  );
}

/** What DataLad's own do in plain words; others speak for themselves. */
export function procedureWords({ name, from, summary = '' }: Procedure, trans: TranslationBundle): string {
  const words: Readonly<Record<string, string>> = {
    text2git: trans.__('keeps text files in Git, where they can be read and compared, and everything else in the annex'),
    yoda: trans.__('lays out an analysis: code/ kept in Git, README.md and CHANGELOG.md to fill in'),
    noannex: trans.__('leaves out the annex: everything goes into Git, so nothing large should be saved')
  };
  return (from === 'datalad' ? words[name] : undefined) ?? shownName(summary);
}

export function originWords(from: Procedure['from'], origin: string, trans: TranslationBundle): string {
  switch (from) {
    case 'user':
      return trans.__('(yours, in %1)', origin);
    case 'system':
      return trans.__('(of this machine, in %1)', origin);
    default:
      return trans.__('(from %1)', origin);
  }
}
