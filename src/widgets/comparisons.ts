import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { dataladIcon } from '../components/icons';
import { lastName } from '../components/names';
import type { ICompareRequest } from '../models/comparisonModel';
import type { IDatalad } from '../tokens';

export interface IComparisonsOptions {
  app: JupyterFrontEnd;
  datalad: IDatalad;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
}

/** Opens comparisons in the main area, each once; what they show is loaded with the first. */
export class Comparisons {
  constructor(private readonly options: IComparisonsOptions) {}

  async open(request: ICompareRequest): Promise<void> {
    const { app, datalad, languages, trans } = this.options;
    const id = `datalad-compare-${JSON.stringify([request.dataset, request.path ?? null, request.from, request.to])}`;
    let widget = [...app.shell.widgets('main')].find(known => known.id === id);
    if (widget === undefined) {
      const { CompareWidget, nameOf } = await import('./compareWidget');
      const content = new CompareWidget({ request, datalad, commands: app.commands, languages, trans });
      widget = new MainAreaWidget({ content });
      widget.id = id;
      const name = request.path === undefined ? nameOf(request) : lastName(request.path);
      widget.title.label = trans.__('Compare %1', name);
      widget.title.caption = trans.__('Comparison of %1', nameOf(request));
      widget.title.icon = dataladIcon;
      widget.title.closable = true;
      app.shell.add(widget, 'main', { type: 'DataLad' });
    }
    app.shell.activateById(id);
  }
}
