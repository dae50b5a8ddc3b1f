import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';
import { dataladIcon } from '../components/icons';
import { lastName } from '../components/names';
import type { ICompareRequest } from '../models/comparisonModel';
import type { IDatalad } from '../tokens';
import type { ICompareWidgetOptions } from './compareWidget';
import type { IVersionRequest } from './versionWidget';

export interface IComparisonsOptions {
  app: JupyterFrontEnd;
  datalad: IDatalad;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
}

/** Opens comparisons and earlier versions in the main area, each once; what they show is loaded with the first. */
export class Comparisons {
  constructor(private readonly options: IComparisonsOptions) {}

  async open(request: ICompareRequest): Promise<void> {
    const { CompareWidget, nameOf } = await import('./compareWidget');
    const { trans } = this.options;
    const id = `datalad-compare-${JSON.stringify([request.dataset, request.path ?? null, request.from, request.to])}`;
    this.show(id, () => ({
      content: new CompareWidget({ ...this.contentOptions(), request }),
      label: trans.__('Compare %1', lastName(request.path ?? request.dataset) || '/'),
      caption: trans.__('Comparison of %1', nameOf(request))
    }));
  }

  async openVersion(request: IVersionRequest): Promise<void> {
    const { VersionWidget, versionTitle } = await import('./versionWidget');
    const { trans } = this.options;
    const { dataset, path, commit } = request;
    this.show(`datalad-version-${JSON.stringify([dataset, path, commit])}`, () => ({
      content: new VersionWidget(request, this.contentOptions()),
      label: trans.__('%1 @ %2', lastName(path) || '/', commit.slice(0, 8)),
      caption: versionTitle(request, trans)
    }));
  }

  private contentOptions(): Omit<ICompareWidgetOptions, 'request'> {
    const { app, datalad, languages, trans } = this.options;
    return { datalad, commands: app.commands, languages, trans };
  }

  private show(id: string, make: () => { content: Widget; label: string; caption: string }): void {
    const { shell } = this.options.app;
    if (![...shell.widgets('main')].some(known => known.id === id)) {
      const { content, label, caption } = make();
      const widget = new MainAreaWidget({ content });
      widget.id = id;
      Object.assign(widget.title, { label, caption, icon: dataladIcon, closable: true });
      shell.add(widget, 'main', { type: 'DataLad' });
    }
    shell.activateById(id);
  }
}
