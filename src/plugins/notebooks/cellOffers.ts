import type { Cell } from '@jupyterlab/cells';
import { NotebookActions } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { expectedFailure } from '../../protocol/failure';
import { isEnded, type Job } from '../../protocol/job';
import type { AbsentFile } from '../../protocol/notebookRun';
import { isWithin } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import { AbsentOfferWidget, OfferModel } from '../../widgets/absentOfferWidget';
import { BelowCells } from './belowCells';
import type { INotebookServices, IOpenNotebook } from './context';
import { errorOf, isCode } from './failedCell';
import { getsAny } from './getsAny';
import { areMissing, suspects } from './missingFiles';

/** Of the errors that a notebook was opened with, so many are looked at. */
const MOST_OLD = 20;

/** Below cells that failed since files are not here: the offer to get these and run the cell again. */
export class CellOffers implements IDisposable {
  private readonly offers: BelowCells<AbsentOfferWidget>;

  constructor(
    private readonly notebook: IOpenNotebook,
    private readonly services: INotebookServices
  ) {
    this.offers = new BelowCells(notebook.panel, cell => void this.look(cell));
    services.datalad.jobs.ended.connect(this.onEnded, this);
    void this.lookAtOld();
  }

  get isDisposed(): boolean {
    return this.offers.isDisposed;
  }

  dispose(): void {
    this.services.datalad.jobs.ended.disconnect(this.onEnded, this);
    this.offers.dispose();
  }

  private async lookAtOld(): Promise<void> {
    const failed = this.notebook.panel.content.widgets.filter(cell => errorOf(cell) !== null);
    for (const cell of failed.slice(0, MOST_OLD)) {
      await this.look(cell);
    }
  }

  /** Files may have come in another way, or have gone. */
  private onEnded(_: unknown, { dataset }: Job): void {
    if (dataset !== null && isWithin(this.notebook.path, dataset)) {
      const idle = this.offers.entries().filter(([, { model }]) => model.state.phase !== 'getting');
      idle.forEach(([cell]) => void this.look(cell));
    }
  }

  /** Makes an offer below a cell, changes the one that is there, or takes it away. */
  private async look(cell: Cell): Promise<void> {
    const found = await this.absentFiles(cell).catch((reason: unknown) => {
      expectedFailure(reason);
      return null;
    });
    if (this.isDisposed || cell.isDisposed) {
      return;
    }
    const model = this.offers.get(cell)?.model;
    if (found === null) {
      this.offers.remove(cell);
    } else if (found.length > 0) {
      this.show(cell, found);
    } else if (model !== undefined && model.state.phase !== 'getting') {
      model.update({ phase: 'here', job: null });
    }
  }

  /** Files that explain the error of a cell; none where they are all here, null where it shows no error that any could explain. */
  private async absentFiles(cell: Cell): Promise<readonly AbsentFile[] | null> {
    const error = errorOf(cell);
    const suspected = error === null ? null : suspects(error, cell.model.sharedModel.getSource());
    if (suspected === null) {
      return null;
    }
    const { dataset, path } = this.notebook;
    const names = [...suspected.said, ...suspected.named];
    return areMissing(suspected, await this.services.datalad.client.call('absentFiles', { dataset, path, names }));
  }

  private show(cell: Cell, files: readonly AbsentFile[]): void {
    const known = this.offers.get(cell)?.model;
    if (known !== undefined) {
      known.update(known.state.phase === 'getting' ? { files } : { files, phase: 'absent', job: null });
      return;
    }
    const { trans, commands } = this.services;
    const model = new OfferModel({ dataset: this.notebook.dataset, files, phase: 'absent', job: null });
    const widget = new AbsentOfferWidget({
      model,
      trans,
      onGet: () => void this.getAndRun(cell, model),
      onRun: () => void this.run(cell),
      onCancel: job => void commands.execute(CommandIDs.cancel, { job })
    });
    this.offers.put(cell, widget);
  }

  private async getAndRun(cell: Cell, model: OfferModel): Promise<void> {
    const paths = model.state.files.map(({ path }) => path);
    const { datalad, commands } = this.services;
    const before = new Set(datalad.jobs.jobs.map(({ id }) => id));
    const follow = (): void => {
      const job = datalad.jobs.jobs.find(one => !before.has(one.id) && !isEnded(one) && getsAny(one, paths)) ?? null;
      if (job !== model.state.job) {
        model.update({ job });
      }
    };
    model.update({ phase: 'getting', job: null });
    datalad.jobs.changed.connect(follow);
    let outcome: IOutcome;
    try {
      outcome = await commands.execute(CommandIDs.get, { paths });
    } finally {
      datalad.jobs.changed.disconnect(follow);
      model.update({ phase: 'absent', job: null });
    }
    if (outcome.status === 'ok') {
      await this.run(cell);
    } else if (!cell.isDisposed) {
      // Some may have come.
      await this.look(cell);
    }
  }

  /** Runs this cell and no other. */
  private async run(cell: Cell): Promise<void> {
    const { content, sessionContext } = this.notebook.panel;
    if (cell.isDisposed || this.isDisposed || !isCode(cell.model)) {
      return;
    }
    this.offers.remove(cell);
    const { sessionDialogs, translator } = this.services;
    await NotebookActions.runCells(content, [cell], sessionContext, sessionDialogs ?? undefined, translator);
  }
}
