import type { Cell } from '@jupyterlab/cells';
import { NotebookActions } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { ModuleHintWidget } from '../../widgets/moduleHintWidget';
import { BelowCells } from './belowCells';
import type { INotebookServices, IOpenNotebook } from './context';
import { errorOf, isCode, stderrOf } from './failedCell';
import { CURES, lackOf } from './missingModule';

/** Below cells that wanted to use DataLad from code, where the kernel lacks what it takes: how it gets that. */
export class ModuleHints implements IDisposable {
  private readonly hints: BelowCells<ModuleHintWidget>;

  constructor(
    private readonly notebook: IOpenNotebook,
    private readonly services: INotebookServices
  ) {
    this.hints = new BelowCells(notebook.panel, cell => this.look(cell));
  }

  get isDisposed(): boolean {
    return this.hints.isDisposed;
  }

  dispose(): void {
    this.hints.dispose();
  }

  private look(cell: Cell): void {
    const lack = lackOf(errorOf(cell) ?? { ename: '', evalue: '', stderr: stderrOf(cell) });
    if (lack === null) {
      this.hints.remove(cell);
      return;
    }
    const { trans } = this.services;
    const cure = CURES[lack];
    this.hints.put(cell, new ModuleHintWidget({ lack, cure, trans, onCure: () => void this.cure(cell, cure) }));
  }

  /** Puts the cure into a cell of its own above, where its output is seen, and runs both. */
  private async cure(cell: Cell, source: string): Promise<void> {
    const { content, sessionContext } = this.notebook.panel;
    const at = content.widgets.indexOf(cell);
    if (at < 0 || !isCode(cell.model)) {
      return;
    }
    this.hints.remove(cell);
    content.model?.sharedModel.insertCell(at, { cell_type: 'code', source, metadata: { trusted: true } });
    const { sessionDialogs, translator } = this.services;
    const cells = content.widgets.slice(at, at + 2);
    await NotebookActions.runCells(content, cells, sessionContext, sessionDialogs ?? undefined, translator);
  }
}
