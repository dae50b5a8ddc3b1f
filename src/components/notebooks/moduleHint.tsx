import type { TranslationBundle } from '@jupyterlab/translation';

export interface IModuleHintProps {
  /** `module`: the kernel's environment has none; `magics`: it was not loaded in this kernel. */
  readonly lack: 'module' | 'magics';
  /** The source of the cell that helps. */
  readonly cure: string;
  readonly trans: TranslationBundle;
  onCure(): void;
}

/** Says why a cell cannot use DataLad, and what can be done about it. */
export function ModuleHint({ lack, cure, trans, onCure }: IModuleHintProps): JSX.Element {
  return (
    <div className="jp-Datalad-note jp-Datalad-offer" role="group" aria-label={trans.__('DataLad from code')}>
      <p role="status">
        {lack === 'module'
          ? trans.__('The environment of this kernel does not have the module jupyterlab_datalad. A cell installs it:')
          : trans.__('This kernel has not loaded the magics of DataLad yet. A cell loads them:')}{' '}
        <code>{cure}</code>
      </p>
      <div className="jp-Datalad-buttons">
        <button type="button" className="jp-Datalad-button jp-mod-primary" onClick={onCure}>
          {trans.__('Insert that cell, and run both')}
        </button>
      </div>
    </div>
  );
}
