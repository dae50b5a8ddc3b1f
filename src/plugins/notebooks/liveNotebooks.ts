import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookContent } from '@jupyterlab/nbformat';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import { type Contents, ServerConnection } from '@jupyterlab/services';
import { wirePath } from '../../models/wirePath';
import { fail } from '../../protocol/failure';
import type { ContentsPath } from '../../protocol/paths';

/** A notebook as it is at this moment in JupyterLab, whatever its file has. */
export interface ILiveNotebook {
  readonly path: ContentsPath;
  readonly content: INotebookContent;
  /** Index of the last of the selected cells. */
  readonly last: number;
}

/** The open notebook, and notebooks as JupyterLab writes and reads them. */
export interface ILiveNotebooks {
  /** That of the notebook in front; null where it is none, or of another drive. */
  pathInFront(): ContentsPath | null;
  inFront(): ILiveNotebook | null;
  /** Names in a folder. */
  names(folder: ContentsPath): Promise<string[]>;
  /** Writes a notebook; false where something is at its place, unless it may be written over. */
  write(path: ContentsPath, content: INotebookContent, options: { over: boolean }): Promise<boolean>;
  read(path: ContentsPath): Promise<INotebookContent>;
}

export interface ILiveNotebooksOptions {
  readonly tracker: INotebookTracker;
  readonly shell: JupyterFrontEnd.IShell;
  readonly contents: Contents.IManager;
}

/** Of JupyterLab's own documents. */
export class LiveNotebooks implements ILiveNotebooks {
  constructor(private readonly options: ILiveNotebooksOptions) {}

  pathInFront(): ContentsPath | null {
    const panel = this.panel();
    const path = panel === null ? null : wirePath(this.options.contents, panel.context.path);
    return path === null || path.startsWith('bytes:') ? null : path;
  }

  inFront(): ILiveNotebook | null {
    const [panel, path] = [this.panel(), this.pathInFront()];
    const { model, widgets } = panel?.content ?? {};
    if (panel === null || path === null || model === null || model === undefined || widgets === undefined) {
      return null;
    }
    const last = widgets.reduce((found, cell, at) => (panel.content.isSelectedOrActive(cell) ? at : found), -1);
    return { path, content: model.toJSON() as INotebookContent, last };
  }

  async names(folder: ContentsPath): Promise<string[]> {
    const { content } = await asked(this.options.contents.get(folder, { content: true, type: 'directory' }));
    return Array.isArray(content) ? content.map(({ name }: Contents.IModel) => name) : [];
  }

  async write(path: ContentsPath, content: INotebookContent, { over }: { over: boolean }): Promise<boolean> {
    const { contents } = this.options;
    if (!over && (await isThere(contents, path))) {
      return false;
    }
    await asked(contents.save(path, { type: 'notebook', format: 'json', content }));
    return true;
  }

  async read(path: ContentsPath): Promise<INotebookContent> {
    return (await asked(this.options.contents.get(path, { content: true, type: 'notebook' }))).content as INotebookContent;
  }

  /** The tracker remembers the one that had the focus last, also behind other documents. */
  private panel(): NotebookPanel | null {
    const { tracker, shell } = this.options;
    return tracker.currentWidget !== null && tracker.currentWidget === shell.currentWidget ? tracker.currentWidget : null;
  }
}

/** Whether there is something of this name: only Jupyter's own word that there is not lets anything be written there. */
async function isThere(contents: Contents.IManager, path: ContentsPath): Promise<boolean> {
  try {
    await contents.get(path, { content: false });
    return true;
  } catch (reason) {
    if (reason instanceof ServerConnection.ResponseError && reason.response.status === 404) {
      return false;
    }
    return asked(Promise.reject(reason as Error));
  }
}

/** What Jupyter answers; what it refuses is told in its own words. */
function asked<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((reason: unknown) => fail('unknown', reason instanceof Error ? reason.message : String(reason)));
}
