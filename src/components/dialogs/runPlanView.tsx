import type { TranslationBundle } from '@jupyterlab/translation';
import { type ReactElement, useEffect, useState } from 'react';
import { shownName } from '../../protocol/names';
import type { RunPlan, RunProblem } from '../../protocol/runPlan';
import { formatSize } from '../../protocol/size';
import { visible, visibleLines } from '../trust/visible';
import { Printed } from '../printed';
import type { IRunAnswer, IRunQuestion } from './runQuestions';

/** Milliseconds without a key after which it is looked up. */
const PAUSE = 300;

/** What would be done for an answer, looked up again whenever that changes; null until then, and where it could not be had. */
export function useRunPlan({ plan }: IRunQuestion, value: IRunAnswer): RunPlan | null {
  const [found, setFound] = useState<RunPlan | null>(null);
  const asked = JSON.stringify([
    value.command,
    value.inputs,
    value.outputs,
    value.folder,
    value.assumeReady,
    value.container?.name
  ]);
  useEffect(() => {
    const given = new AbortController();
    const tell = (answer: RunPlan | null): void => {
      if (!given.signal.aborted) {
        setFound(answer);
      }
    };
    const timer = setTimeout(() => {
      // What is no pattern at all: the job says what is wrong with it.
      plan(value, given.signal).then(tell, () => tell(null));
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      given.abort();
    };
    // Nothing else of the answer matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);
  return found;
}

export interface IRunPlanViewProps {
  plan: RunPlan | null;
  /** As it is typed. */
  command: string;
  /** It finds the programs of a container. */
  inContainer?: boolean;
  trans: TranslationBundle;
}

/** What is done before the command, what stands in the way, and the command as it will run. */
export function RunPlanView({ plan, command, inContainer, trans }: IRunPlanViewProps): ReactElement {
  const filled = plan?.command ?? null;
  const filledWords =
    inContainer === true
      ? trans.__('The whole command, with what gets it into the container')
      : trans.__('The command with its placeholders filled in');
  return (
    <div className="jp-Datalad-runPlan">
      <p role="status">{plan === null ? '' : deeds(plan, trans).join(' · ')}</p>
      {plan !== null && plan.problems.length > 0 && (
        <ul aria-label={trans.__('What keeps it from running')} className="jp-Datalad-form-error">
          {plan.problems.map(problem => (
            <li key={`${problem.place} ${problem.kind} ${problem.text}`}>{problemWords(problem, trans)}</li>
          ))}
        </ul>
      )}
      {plan !== null && !hasRoom(plan) && (
        <p className="jp-Datalad-form-error" role="alert">
          {trans.__('There is not enough room: %1 are free.', formatSize(plan.free ?? 0))}
        </p>
      )}
      {plan !== null && inContainer !== true && <p className="jp-Datalad-dim">{pythonWords(plan, trans)}</p>}
      {filled !== null && filled !== command && (
        <details>
          <summary>{filledWords}</summary>
          <Printed label={filledWords} text={visibleLines(filled)} />
        </details>
      )}
    </div>
  );
}

function hasRoom({ toGet, toUnlock, free }: RunPlan): boolean {
  return free === null || toGet.bytes + toUnlock.bytes <= free;
}

/** What happens before the command, in short. */
function deeds({ inputs, toGet, unavailable, toUnlock, toRemove }: RunPlan, trans: TranslationBundle): string[] {
  const size = toGet.unsized > 0 ? trans.__('at least %1', formatSize(toGet.bytes)) : formatSize(toGet.bytes);
  return [
    ...(toGet.files > 0 ? [trans._n('Gets %2 of %1 file', 'Gets %2 of %1 files', toGet.files, size)] : []),
    ...(unavailable > 0 ? [trans._n('of %1 file no place is known', 'of %1 files no place is known', unavailable)] : []),
    ...(toGet.files === 0 && inputs.some(({ found }) => found === 'files' || found === 'folder')
      ? [trans.__('All inputs are here')]
      : []),
    ...(toUnlock.files > 0 ? [trans._n('unlocks %1 file', 'unlocks %1 files', toUnlock.files)] : []),
    ...(toRemove > 0
      ? [
          trans._n(
            'removes %1 output whose content is not here, to be written anew',
            'removes %1 outputs whose content is not here, to be written anew',
            toRemove
          )
        ]
      : [])
  ];
}

function pythonWords({ python }: RunPlan, trans: TranslationBundle): string {
  if (python === null) {
    return trans.__('There is no program of the name python.');
  }
  const { path, version, inDataset } = python;
  const words =
    version === undefined ? trans.__('python is %1', visible(path)) : trans.__('python is %1 (%2)', visible(path), version);
  return inDataset === true ? trans.__('%1, which came with the dataset', words) : words;
}

function problemWords({ kind, place, text }: RunProblem, trans: TranslationBundle): string {
  const name = shownName(text);
  switch (kind) {
    case 'brace':
      return trans.__('A single %1: one that is meant as such is written twice.', name);
    case 'unknown':
      return text === '' || place === 'command'
        ? trans.__('{%1} is no placeholder that is known. Braces that are meant as such are written twice.', name)
        : trans.__('{%1} is no placeholder that inputs and outputs can have.', name);
    case 'not-understood':
      return trans.__('What {%1} would stand for is not looked at here: name inputs and outputs by their number alone.', name);
    case 'beyond':
      return trans.__('{%1}: there are not as many.', name);
    case 'no-match':
      return place === 'container'
        ? trans.__('The container needs %1, which is not there.', name)
        : trans.__('No file is there for the input %1.', name);
    case 'outside':
      return trans.__('%1 leads out of the dataset.', name);
    case 'links':
      return trans.__('%1 would be looked for outside of the dataset, through a link.', name);
    case 'no-folder':
      return trans.__('There is no folder %1 in this dataset.', name);
    case 'not-installed':
      return trans.__('The subdataset %1 is not installed. Get it first.', name);
  }
}
