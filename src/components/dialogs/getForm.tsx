import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { formatSize } from '../../protocol/size';
import type { IGetAnswer, IGetQuestion } from './dialogs';
import { Choice, CommandPreview, Tick } from './fields';
import { fits, getLines } from './planWords';

export interface IGetFormProps {
  question: IGetQuestion;
  value: IGetAnswer;
  onChange(value: IGetAnswer): void;
  trans: TranslationBundle;
}

/** What a get would bring, from where, and whether there is room for it. */
export function GetForm({ question, value, onChange, trans }: IGetFormProps): ReactElement {
  const plan = (value.recursive ? question.recursivePlan : null) ?? question.plan;
  const nested = question.recursivePlan !== null && differs(question);
  return (
    <>
      <ul className="jp-Datalad-form-facts">
        {getLines(trans, plan).map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {nested && (
        <Tick
          label={trans.__('Also in subdatasets (recursive)')}
          checked={value.recursive}
          onChange={recursive => onChange({ ...value, recursive })}
        />
      )}
      {plan.absentSubdatasets.length > 0 && (
        <Choice
          label={trans.__('Subdatasets that are not installed')}
          options={[
            { value: 'content', label: trans.__('Install with content') },
            { value: 'alone', label: trans.__('Install alone, get content later') }
          ]}
          value={value.noData ? 'alone' : 'content'}
          onChange={choice => onChange({ ...value, noData: choice === 'alone' })}
        />
      )}
      {!value.noData && !fits(plan) && (
        <p className="jp-Datalad-form-error jp-mod-error" role="alert">
          {trans.__(
            'There is not enough room: %1 are to come, %2 are free. Drop content that is not needed here, or get fewer files.',
            formatSize(plan.toGet.bytes),
            formatSize(plan.free ?? 0)
          )}
        </p>
      )}
      <CommandPreview line={question.commandLine(value)} label={trans.__('Command')} />
    </>
  );
}

/** Whether subdatasets add anything. */
function differs({ plan, recursivePlan }: IGetQuestion): boolean {
  return (
    recursivePlan !== null &&
    (recursivePlan.toGet.files !== plan.toGet.files ||
      recursivePlan.alreadyHere.files !== plan.alreadyHere.files ||
      recursivePlan.absentSubdatasets.length !== plan.absentSubdatasets.length)
  );
}
