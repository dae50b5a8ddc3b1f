import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDialogs } from '../../components/dialogs/dialogs';
import type { IComparisonOpening } from '../../models/comparisonModel';
import type { Row } from '../../protocol/dataset';
import type { ContentsPath } from '../../protocol/paths';
import type { IDatalad } from '../../tokens';
import type { IVersionRequest } from '../../widgets/versionWidget';
import type { PageName } from '../../widgets/pages';
import type { IEditors } from '../editors/tokens';
import type { ILiveNotebooks } from '../notebooks/liveNotebooks';
import type { IOpenHabits } from '../notebooks/tokens';

/** What the file browser in use shows; empty and null while it shows another drive. */
export interface ISelection {
  paths(): ContentsPath[];
  /** Rows of the selected paths as last read; those outside datasets have none. */
  rows(): Row[];
  folder(): ContentsPath | null;
}

/** The settings that commands obey. */
export interface ICommandSettings {
  /** Above this many bytes a transfer is confirmed first. */
  readonly largeTransfer: number;
}

/** What commands work with. */
export interface ICommandContext {
  readonly datalad: IDatalad;
  readonly trans: TranslationBundle;
  readonly selection: ISelection;
  settings(): ICommandSettings;
  readonly dialogs: IDialogs;
  /** Null where documents are not managed by JupyterLab's document manager. */
  readonly editors: IEditors | null;
  /** Null in applications without notebooks. */
  readonly notebooks: ILiveNotebooks | null;
  /** Null as above. */
  readonly openHabits: IOpenHabits | null;
  /** Shows a folder in the file browser. */
  openFolder(path: ContentsPath): Promise<void>;
  copyText(text: string): void;
  /** Opens a comparison in the main area; null on pages that have none for several things, such as those of Notebook 7. */
  readonly compare: ((request: IComparisonOpening) => Promise<void>) | null;
  /** Opens a file as it was in a commit in the main area; null as above. */
  readonly openVersion: ((request: IVersionRequest) => Promise<void>) | null;
  /** Opens a page on a dataset in the main area; null as above. */
  readonly openPage: ((page: PageName, dataset: ContentsPath, path?: ContentsPath) => Promise<void>) | null;
}
