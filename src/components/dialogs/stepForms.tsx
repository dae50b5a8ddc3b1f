import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { shownName } from '../../protocol/names';
import { isContentsPath } from '../../protocol/paths';
import { TextField, Tick } from './fields';
import type { IComparedCell, IComparedStep, IRunNotebookAnswer, IStepQuestion } from './runQuestions';

interface IStepNameProps {
  step: IStepQuestion;
  value: StepAnswer;
  onChange(value: StepAnswer): void;
  trans: TranslationBundle;
}

type StepAnswer = Pick<IRunNotebookAnswer, 'name' | 'replace'>;

/** What the notebook of a step is called; it takes nobody's place, but for an earlier step where that is wanted. */
export function StepName({ step, value, onChange, trans }: IStepNameProps): ReactElement {
  const { taken, free, replaceable } = step;
  const { name = '', replace = false } = value;
  const error = !isNotebookName(name)
    ? trans.__('This is no name for a notebook: it ends in .ipynb, and has no slash.')
    : taken.includes(name) && !replace
      ? trans.__('There is something of this name in the folder already.')
      : undefined;
  return (
    <>
      <TextField
        label={trans.__('Name of the step')}
        value={name}
        error={error}
        required
        onChange={typed => onChange({ name: typed, replace: false })}
      />
      {replaceable !== null && (
        <Tick
          label={trans.__('Replace %1; what is saved of it stays in the history', shownName(replaceable))}
          checked={replace}
          onChange={on => onChange({ name: on ? replaceable : free, replace: on })}
        />
      )}
      <p>
        {trans.__(
          'The cells become a notebook of this name in the same folder, without their outputs. It is saved first, as a commit of its own. The notebook itself stays as it is.'
        )}
      </p>
    </>
  );
}

/** Names that begin with a dot are not shown by JupyterLab, and so not known to be free. */
function isNotebookName(name: string): boolean {
  return /^[^./][^/]*\.ipynb$/u.test(name) && !name.startsWith('bytes:') && isContentsPath(name);
}

interface IComparedCellsProps {
  step: IComparedStep;
  trans: TranslationBundle;
}

/** Which cells showed something else than in the notebook that they are from. */
export function ComparedCells({ step: { notebookName, cells }, trans }: IComparedCellsProps): ReactElement {
  const others = cells.filter(({ verdict }) => verdict === 'other');
  const unknown = cells.filter(({ verdict }) => verdict === 'not-run');
  const same = cells.length - others.length - unknown.length;
  const name = shownName(notebookName);
  return (
    <div className="jp-Datalad-compared" role="group" aria-label={trans.__('Compared with %1', name)}>
      {others.length === 0 && same > 0 && <p>{sameText({ same, all: cells.length, name }, trans)}</p>}
      {others.length > 0 && (
        <>
          <p>
            <strong>{othersText(others, trans)}</strong>{' '}
            {trans.__(
              'In %1 cells may have been run in another order, or changed since, or they do not make the same each time. What is recorded is what the step shows.',
              name
            )}
          </p>
          {others.map(cell => (
            <ComparedCell key={cell.cell} {...{ cell, name, trans }} />
          ))}
        </>
      )}
      {unknown.length > 0 && (
        <p>
          {trans._n(
            'Cell %2 was not run in %3: there is nothing to compare it with.',
            'Cells %2 were not run in %3: there is nothing to compare them with.',
            unknown.length,
            unknown.map(({ cell }) => cell).join(', '),
            name
          )}
        </p>
      )}
    </div>
  );
}

function sameText({ same, all, name }: { same: number; all: number; name: string }, trans: TranslationBundle): string {
  return same === all
    ? trans._n('Its cell shows what it shows in %2.', 'All its %1 cells show what they show in %2.', same, name)
    : trans._n('%1 cell shows what it shows in %2.', '%1 cells show what they show in %2.', same, name);
}

function othersText(others: readonly IComparedCell[], trans: TranslationBundle): string {
  return trans._n(
    'Cell %2 showed something else.',
    'Cells %2 showed something else.',
    others.length,
    others.map(({ cell }) => cell).join(', ')
  );
}

/** Both sides as far as they are text. */
function ComparedCell({ cell, name, trans }: { cell: IComparedCell; name: string; trans: TranslationBundle }): ReactElement {
  const nothing = trans.__('nothing');
  const [inNotebook, inStep] = [trans.__('In %1', name), trans.__('In the step')];
  const scrolled = { className: 'jp-Datalad-script', tabIndex: 0, role: 'region' };
  const { live, step } = cell;
  return (
    <details>
      <summary>
        {trans.__('Cell %1:', cell.cell)} <code>{cell.source}</code>
      </summary>
      {live === step ? (
        <p>{trans.__('The texts are the same: what differs is a picture, or how something is shown.')}</p>
      ) : (
        <dl>
          <dt>{inNotebook}</dt>
          <dd>
            <pre {...scrolled} aria-label={trans.__('Cell %1: %2', cell.cell, inNotebook)}>
              {live === '' ? nothing : live}
            </pre>
          </dd>
          <dt>{inStep}</dt>
          <dd>
            <pre {...scrolled} aria-label={trans.__('Cell %1: %2', cell.cell, inStep)}>
              {step === '' ? nothing : step}
            </pre>
          </dd>
        </dl>
      )}
    </details>
  );
}
