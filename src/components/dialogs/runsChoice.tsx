import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import type { IRerunRange } from '../../protocol/rerun';
import { visible } from '../trust/visible';
import { SelectField } from './fields';
import type { IRunsChoice } from './runQuestions';

interface IRunsChoiceProps {
  choice: IRunsChoice;
  onChange(range: IRerunRange): void;
  trans: TranslationBundle;
}

const LAST = 'last';
const ALONE = 'alone';
/** Characters of a title. */
const LONGEST = 60;

/** Where the runs begin and end that are to be repeated. */
export function RunsChoice({ choice, onChange, trans }: IRunsChoiceProps): ReactElement | null {
  const { range, beginnings, commit, following } = choice;
  if (beginnings.length < 2) {
    return null;
  }
  const begin = (since: IRerunRange['since']): void =>
    onChange(since === undefined ? (commit === undefined ? {} : { commit }) : { since });
  return (
    <>
      <SelectField
        label={trans.__('Which runs')}
        options={beginnings.map(since => ({ value: since ?? ALONE, label: beginningWords(since, choice, trans) }))}
        value={range.since ?? ALONE}
        onChange={value => begin(beginnings.find(since => (since ?? ALONE) === value))}
      />
      {range.since !== undefined && following.length > 1 && (
        <SelectField
          label={trans.__('Up to')}
          options={[
            { value: LAST, label: trans.__('the last save') },
            ...[...following].reverse().map(run => ({
              value: run.commit,
              label: `${run.commit.slice(0, 10)} ${cut(visible(run.title))}`
            }))
          ]}
          value={range.commit ?? LAST}
          onChange={value => {
            const end = following.find(run => run.commit === value)?.commit;
            onChange({
              ...(range.since === undefined ? {} : { since: range.since }),
              ...(end === undefined ? {} : { commit: end })
            });
          }}
        />
      )}
    </>
  );
}

function beginningWords(since: IRerunRange['since'], { commit }: IRunsChoice, trans: TranslationBundle): string {
  if (since === undefined) {
    return commit === undefined ? trans.__('That of the last save') : trans.__('This one alone');
  }
  if (since === 'all') {
    return trans.__('All since the beginning');
  }
  return since.endsWith('^') ? trans.__('This one and those after it') : trans.__('Those after %1', since.slice(0, 10));
}

function cut(title: string): string {
  return title.length <= LONGEST ? title : `${title.slice(0, LONGEST)}…`;
}
