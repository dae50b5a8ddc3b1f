import type { TranslationBundle } from '@jupyterlab/translation';
import type { ICheckUpState } from '../../models/checkUpModel';
import { type Check, CHECKS, type FoundGroup } from '../../protocol/checkUp';
import { FailureBlock } from '../failures/failureBlock';
import { FindingSection, type ICure, type IFindingSectionProps } from './findingSection';
import { checkWords } from './findingWords';

export interface ICheckUpViewProps extends Pick<IFindingSectionProps, 'onOpen' | 'onCopy' | 'onHelp'> {
  state: ICheckUpState;
  /** Of the dataset, for people. */
  name: string;
  trans: TranslationBundle;
  curesOf(group: FoundGroup): readonly ICure[];
  onLook(checks?: readonly Check[]): void;
  onStop(): void;
  onCheckContents(): void;
}

/** What a check-up has found so far. */
export function CheckUpView(props: ICheckUpViewProps): JSX.Element {
  const { state, name, trans, curesOf, onOpen, onCopy, onHelp, onLook, onStop, onCheckContents } = props;
  const { found, looking, stopped } = state;
  const answers = [...found];
  const fine = answers.filter(([, answer]) => isGroups(answer) && answer.length === 0).map(([check]) => check);
  return (
    <div className="jp-Datalad-page">
      <div className="jp-Datalad-pageHeader">
        <h2>{trans.__('Check-up of %1', name)}</h2>
        <p role="status" className="jp-Datalad-dim">
          {looking !== null
            ? trans.__('Looking (%1 of %2): %3…', found.size + 1, CHECKS.length, checkWords(looking, trans))
            : stopped
              ? trans.__('Stopped.')
              : trans.__('Done, by what is noted here and was last fetched. Nobody was asked.')}
        </p>
        <div className="jp-Datalad-buttons">
          {looking !== null ? (
            <button type="button" className="jp-Datalad-button" onClick={onStop}>
              {trans.__('Stop')}
            </button>
          ) : (
            <button type="button" className="jp-Datalad-button" onClick={() => onLook()}>
              {trans.__('Look again')}
            </button>
          )}
          <button type="button" className="jp-Datalad-button" onClick={onCheckContents}>
            {trans.__('Check contents…')}
          </button>
        </div>
      </div>
      {answers.map(([check, answer]) =>
        isGroups(answer) ? (
          answer.map(group => (
            <FindingSection key={group.finding} cures={curesOf(group)} {...{ group, trans, onOpen, onCopy, onHelp }} />
          ))
        ) : (
          <div key={check} role="alert">
            <p>{checkWords(check, trans)}</p>
            <FailureBlock failure={answer} trans={trans} onAction={() => onLook([check])} />
          </div>
        )
      )}
      {fine.length > 0 && (
        <section className="jp-Datalad-finding" aria-label={trans.__('Nothing found')}>
          <h3>{trans.__('Nothing found')}</h3>
          <ul className="jp-Datalad-fine">
            {fine.map(check => (
              <li key={check}>{checkWords(check, trans)}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function isGroups(answer: ReturnType<ICheckUpState['found']['get']>): answer is readonly FoundGroup[] {
  return Array.isArray(answer);
}
