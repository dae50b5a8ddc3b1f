import { DocumentManager } from '@jupyterlab/docmanager';
import { DocumentRegistry } from '@jupyterlab/docregistry';
import { FileBrowser, FilterFileBrowserModel } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import { ServiceManagerMock } from '@jupyterlab/services/lib/testutils';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

/** What the contents API says of one file. */
export function makeItem(path: string, more: Partial<Contents.IModel> = {}): Contents.IModel {
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    path,
    type: 'file',
    size: 125,
    writable: true,
    created: '2026-11-22T00:00:00Z',
    last_modified: '2026-11-22T00:00:00Z',
    mimetype: '',
    format: null,
    content: null,
    ...more
  };
}

export interface IBrowserFixture {
  manager: DocumentManager;
  browser: FileBrowser;
  /** What the contents API lists, by folder. */
  folders: Map<string, Contents.IModel[]>;
  /** Names as they are listed now. */
  names(): string[];
  row(name: string): HTMLElement;
  draw(): void;
  dispose(): void;
}

/** A real file browser on contents the test makes up. */
export async function makeBrowser(items: Contents.IModel[], folder = 'study'): Promise<IBrowserFixture> {
  const services = new ServiceManagerMock();
  const folders = new Map<string, Contents.IModel[]>([[folder, items]]);
  services.contents.get = async path => {
    const name = path.replace(/^\/|\/$/g, '');
    return makeItem(name, { type: 'directory', size: undefined, content: folders.get(name) ?? [] });
  };
  const opener = { open: () => undefined, opened: { connect: () => true, disconnect: () => true } };
  const manager = new DocumentManager({ registry: new DocumentRegistry(), manager: services, opener });
  const model = new FilterFileBrowserModel({ manager, auto: false });
  const browser = new FileBrowser({ id: 'browser', model });
  Widget.attach(browser, document.body);
  await model.cd(`/${folder}`);
  const draw = () => MessageLoop.flush();
  draw();
  const nodes = () => [...document.querySelectorAll<HTMLElement>('.jp-DirListing-item')];
  const nameOf = (node: HTMLElement) => node.querySelector('.jp-DirListing-itemText')?.textContent ?? '';
  return {
    manager,
    browser,
    folders,
    draw,
    names: () => nodes().map(nameOf),
    row: name => {
      const node = nodes().find(each => nameOf(each) === name);
      if (node === undefined) {
        throw new Error(`no row ${name}`);
      }
      return node;
    },
    dispose: () => {
      browser.dispose();
      model.dispose();
      manager.dispose();
      services.dispose();
    }
  };
}
