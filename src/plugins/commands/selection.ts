import type { FileBrowser, IDefaultFileBrowser, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import type { Row } from '../../protocol/dataset';
import { wirePath } from '../../models/wirePath';
import type { ContentsPath } from '../../protocol/paths';
import type { IRowsModel } from '../../tokens';
import type { ISelection } from './context';

export interface IBrowserSelectionOptions {
  /** Null on pages without a file browser: there nothing is selected. */
  browsers: Pick<IFileBrowserFactory, 'tracker'> | null;
  defaultBrowser: IDefaultFileBrowser | null;
  rows: IRowsModel;
  contents: Contents.IManager;
}

/** The selection of the file browser in use. Other drives have no files of this server: there nothing counts as selected. */
export class BrowserSelection implements ISelection {
  constructor(private readonly options: IBrowserSelectionOptions) {}

  paths(): ContentsPath[] {
    const items = this.browser?.selectedItems() ?? [];
    return [...items].map(item => this.local(item.path)).filter(path => path !== null);
  }

  rows(): Row[] {
    return this.paths()
      .map(path => this.options.rows.get(path))
      .filter(row => row !== undefined);
  }

  folder(): ContentsPath | null {
    const { browser } = this;
    return browser === null ? null : this.local(browser.model.path);
  }

  /** Shows a folder in the file browser in use. */
  async open(path: string): Promise<void> {
    await this.browser?.model.cd(`/${path}`);
  }

  private get browser(): FileBrowser | null {
    return this.options.browsers?.tracker.currentWidget ?? this.options.defaultBrowser;
  }

  private local(path: string): ContentsPath | null {
    return wirePath(this.options.contents, path);
  }
}
