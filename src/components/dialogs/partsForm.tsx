import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { Lines } from '../compare/lines';
import { formatCount } from '../format';
import type { IPartsQuestion } from './dialogs';
import { CommandPreview } from './fields';

export interface IPartsFormProps {
  question: IPartsQuestion;
  /** Numbers of the parts that are ticked. */
  value: readonly number[];
  onChange(value: readonly number[]): void;
  trans: TranslationBundle;
}

/** The changed parts of a text, each with a tick; none is ticked at first. */
export function PartsForm({ question, value, onChange, trans }: IPartsFormProps): ReactElement {
  const { plan, commandLine } = question;
  return (
    <>
      <p>{trans.__('What you tick comes to be as it was last saved. This can be undone.')}</p>
      <div className="jp-Datalad-discardParts">
        {plan.hunks.map(({ to, lines }, number) => (
          <section key={number} className="jp-Datalad-discardPart">
            <label className="jp-Datalad-option">
              <input
                type="checkbox"
                // Nothing ticked is no answer.
                required={number === 0 && value.length === 0}
                checked={value.includes(number)}
                onChange={({ currentTarget: { checked } }) =>
                  onChange(checked ? [...value, number].sort((one, other) => one - other) : value.filter(one => one !== number))
                }
              />
              {trans.__('From line %1', formatCount(to))}
            </label>
            <Lines lines={lines} trans={trans} />
          </section>
        ))}
      </div>
      {plan.truncated && <p>{trans.__('More is changed than is listed here.')}</p>}
      <p className="jp-Datalad-dim" role="status">
        {trans._n('%1 part of %2 is discarded.', '%1 parts of %2 are discarded.', value.length, plan.hunks.length)}
      </p>
      <CommandPreview line={commandLine} label={trans.__('Command')} />
    </>
  );
}
