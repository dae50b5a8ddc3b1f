import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import type { Substitution } from '../../protocol/runPlan';
import { visible } from '../trust/visible';

export interface IPlaceholderHelpProps {
  /** Those that settings define. */
  substitutions: readonly Substitution[];
  trans: TranslationBundle;
}

/** What stands for what in a command, folded. */
export function PlaceholderHelp({ substitutions, trans }: IPlaceholderHelpProps): ReactElement {
  return (
    <details>
      <summary>{trans.__('Placeholders')}</summary>
      <p>
        {trans.__(
          '{inputs} and {outputs} stand for the files named below, {inputs[0]} for the first of them, {pwd} for the folder it runs in, {dspath} for the dataset, {tmpdir} for a folder for temporary files. A brace that is meant as such is written twice: {{ and }}.'
        )}
      </p>
      {substitutions.length > 0 && (
        <ul className="jp-Datalad-substitutions" aria-label={trans.__('Placeholders of the settings')}>
          {substitutions.map(({ name, value, from }) => (
            <li key={name}>
              <code>{`{${name}}`}</code>{' '}
              {from === 'dataset'
                ? trans.__('came with the dataset, and stands for:')
                : trans.__('is a setting of yours, and stands for:')}{' '}
              <code>{visible(value)}</code>
              {from === 'settings' && (
                <div className="jp-Datalad-dim">
                  {trans.__('A command that names it can be repeated only where it is set: what it stands for is not recorded.')}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
