import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';
import { dataladIcon } from '../components/icons';
import { lastName } from '../components/names';
import type { ICompareRequest, IComparisonOpening } from '../models/comparisonModel';
import type { IDatalad } from '../tokens';
import type { IContentOptions } from './compareWidget';
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

  /** In place of another comparison, which is closed, or in a tab of its own. */
  async open({ choose = false, ...request }: IComparisonOpening, instead?: string): Promise<void> {
    const { CompareWidget, nameOf } = await import('./compareWidget');
    const { trans } = this.options;
    const id = idOf(request);
    const make = (): IShown => ({
      content: new CompareWidget({
        ...this.contentOptions(),
        request,
        onSides: sides => void this.open({ ...request, ...sides }, id)
      }),
      label: trans.__('Compare %1', lastName(request.path ?? request.dataset) || '/'),
      caption: trans.__('Comparison of %1', nameOf(request))
    });
    const content = this.show(id, make, instead);
    if (content instanceof CompareWidget && (choose || instead === id)) {
      content.choose(choose);
    }
    if (instead !== undefined && instead !== id) {
      this.find(instead)?.dispose();
    }
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

  private contentOptions(): IContentOptions {
    const { app, datalad, languages, trans } = this.options;
    return { datalad, commands: app.commands, languages, trans };
  }

  /** Answers what is shown, which may have been open before; a new one stands beside the tab `after`. */
  private show(id: string, make: () => IShown, after?: string): Widget {
    const { shell } = this.options.app;
    const known = this.find(id);
    const widget = known ?? this.add(id, make(), after);
    shell.activateById(id);
    return widget.content;
  }

  private add(id: string, { content, label, caption }: IShown, after?: string): MainAreaWidget {
    const widget = new MainAreaWidget({ content });
    widget.id = id;
    Object.assign(widget.title, { label, caption, icon: dataladIcon, closable: true });
    const place = after === undefined ? {} : ({ ref: after, mode: 'tab-after' } as const);
    this.options.app.shell.add(widget, 'main', { type: 'DataLad', ...place });
    return widget;
  }

  private find(id: string): MainAreaWidget | undefined {
    return [...this.options.app.shell.widgets('main')].find(
      (widget): widget is MainAreaWidget => widget.id === id && widget instanceof MainAreaWidget
    );
  }
}

interface IShown {
  readonly content: Widget;
  readonly label: string;
  readonly caption: string;
}

function idOf({ dataset, path, from, to }: ICompareRequest): string {
  return `datalad-compare-${JSON.stringify([dataset, path ?? null, from, to])}`;
}
