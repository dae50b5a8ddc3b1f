import { DisposableSet, type IDisposable } from '@lumino/disposable';
import { CellOffers } from './cellOffers';
import { getOnOpen } from './getOnOpen';
import { ModuleHints } from './moduleHints';
import { RunIndicator } from './runIndicator';
import type { INotebookServices, IOpenNotebook } from './context';

/** Looks after one notebook of a dataset until it is disposed. Loaded with the first such notebook. */
export function accompany(notebook: IOpenNotebook, services: INotebookServices): IDisposable {
  void getOnOpen(notebook, services);
  return DisposableSet.from([
    new CellOffers(notebook, services),
    new ModuleHints(notebook, services),
    new RunIndicator(notebook, services)
  ]);
}
