import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ContentsPath } from '../../protocol/paths';
import type { IDatalad } from '../../tokens';
import type { IOpenHabits } from './tokens';

/** What notebooks of datasets are looked after with. */
export interface INotebookServices {
  readonly datalad: IDatalad;
  readonly commands: CommandRegistry;
  readonly trans: TranslationBundle;
  readonly translator: ITranslator;
  readonly openHabits: IOpenHabits;
  /** Null where JupyterLab asks nothing about kernels. */
  readonly sessionDialogs: ISessionContextDialogs | null;
}

/** A notebook that is open and lies in a dataset. */
export interface IOpenNotebook {
  readonly panel: NotebookPanel;
  readonly path: ContentsPath;
  /** The innermost one. */
  readonly dataset: ContentsPath;
}
