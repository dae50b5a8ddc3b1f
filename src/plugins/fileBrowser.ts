import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { DirListing, type FileBrowser, IDefaultFileBrowser, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { wirePath } from '../models/wirePath';
import { type ContentsPath, folderOf } from '../protocol/paths';
import { IDatalad, TRANSLATION_DOMAIN } from '../tokens';
import { RowAnnotator } from './fileBrowser/rowAnnotator';
import { findListing, ShownFolders } from './fileBrowser/shownFolders';
import { listTrueSizes } from './fileBrowser/trueSizes';
import { wrapRenderer } from './fileBrowser/wrapRenderer';

/** Annotates the rows of file browsers and Open dialogs. */
export const fileBrowserPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-datalad:file-browser',
  description: 'Shows in the file browser which files are here, how large they really are and what has changed.',
  autoStart: true,
  requires: [IDatalad],
  optional: [IFileBrowserFactory, IDefaultFileBrowser, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    { rows, current }: IDatalad,
    factory: IFileBrowserFactory | null,
    defaultBrowser: IDefaultFileBrowser | null,
    translator: ITranslator | null
  ) => {
    const { contents } = app.serviceManager;
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const pathOf = (path: string) => (current.state.health?.available === false ? null : wirePath(contents, path));
    const annotator = new RowAnnotator({ rows, trans, pathOf: model => pathOf(model.path) });
    const folders = new ShownFolders({ rows, pathOf, browsers: () => browsersOf(factory, defaultBrowser) });

    const drawn = annotator.draw.bind(annotator);
    wrapRenderer(DirListing.Renderer.prototype, drawn);
    listTrueSizes({
      sizeOf: item => {
        const path = pathOf(item.path);
        return path === null ? undefined : rows.get(path)?.bytes;
      },
      seen: model => folders.see(model)
    });
    rows.changed.connect((_, folder) => annotator.redraw(path => isBelow(path, folder)));
    rows.progressed.connect((_, moving) => annotator.redraw(path => path === moving));
    void app.restored.then(() => {
      for (const browser of new Set(browsersOf(factory, defaultBrowser))) {
        folders.see(browser.model);
        const renderer = findListing(browser)?.renderer;
        if (renderer !== undefined && !(renderer instanceof DirListing.Renderer)) {
          // Another extension's own.
          wrapRenderer(renderer, drawn);
        }
      }
      folders.wake();
    });
  }
};

/** Whether a path may lie in a folder: that of a `bytes:` path cannot be told. */
function isBelow(path: ContentsPath, folder: ContentsPath): boolean {
  return path.startsWith('bytes:') || (path !== '' && folderOf(path) === folder);
}

function browsersOf(factory: IFileBrowserFactory | null, defaultBrowser: IDefaultFileBrowser | null): FileBrowser[] {
  const browsers: FileBrowser[] = defaultBrowser === null ? [] : [defaultBrowser];
  factory?.tracker.forEach(browser => browsers.push(browser));
  return browsers;
}
