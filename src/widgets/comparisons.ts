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

type CompareParts = typeof import('./compareWidget');

/** Opens comparisons in the main area, each once; what they show is loaded with the first. */
export class Comparisons {
  constructor(private readonly options: IComparisonsOptions) {}

  async open(request: ICompareRequest): Promise<void> {
    const { app } = this.options;
    const parts = await import('./compareWidget');
    const id = `datalad-compare-${JSON.stringify([request.dataset, request.path ?? null, request.from, request.to])}`;
    if (![...app.shell.widgets('main')].some(known => known.id === id)) {
      app.shell.add(this.make(request, { id, parts }), 'main', { type: 'DataLad' });
    }
    app.shell.activateById(id);
  }

  private make(request: ICompareRequest, { id, parts }: { id: string; parts: CompareParts }): MainAreaWidget {
    const { app, datalad, languages, trans } = this.options;
    const content = new parts.CompareWidget({ request, datalad, commands: app.commands, languages, trans });
    const widget = new MainAreaWidget({ content });
    widget.id = id;
    widget.title.label = trans.__('Compare %1', lastName(request.path ?? request.dataset) || '/');
    widget.title.caption = trans.__('Comparison of %1', parts.nameOf(request));
    widget.title.icon = dataladIcon;
    widget.title.closable = true;
    return widget;
  }
}
