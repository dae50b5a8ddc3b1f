import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { lastName } from '../../components/names';
import { isEnded, type Job } from '../../protocol/job';
import type { ContentsPath } from '../../protocol/paths';
import type { IJobsModel } from '../../tokens';
import { SaveCancelledError } from './saveGuard';

type Answer = 'save' | 'wait';

export interface IExecutedNotebooksOptions {
  jobs: IJobsModel;
  /** Saves the open document of a file. */
  save(this: void, path: ContentsPath): void;
  trans: TranslationBundle;
}

/**
 * Notebooks that are being executed to be recorded. What is saved meanwhile stays, but then nothing can be recorded; autosave would do so
 * without a word, at the end of a long execution.
 */
export class ExecutedNotebooks {
  /** What the user says about an execution, by its job: saves that come while the question is open wait for the same answer. */
  private readonly answers = new Map<string, Promise<Answer>>();
  /** Open notifications by job. */
  private readonly shown = new Map<string, string>();

  constructor(private readonly options: IExecutedNotebooksOptions) {
    options.jobs.ended.connect((_, { id }) => {
      this.answers.delete(id);
      this.dismiss(id);
    });
  }

  /** Resolves when a file may be written; rejects with a `ModalCancelError` while the user would rather wait for the end. */
  async ensureMeant(path: ContentsPath): Promise<void> {
    const job = this.executing(path);
    if (job === undefined) {
      return;
    }
    const asked = this.answers.get(job.id) ?? this.ask(path);
    this.answers.set(job.id, asked);
    const answer = await asked;
    const { trans } = this.options;
    const isOver = this.executing(path)?.id !== job.id;
    if (answer === 'wait' && !isOver) {
      this.tellUnsaved(path, job);
    }
    // Where it ended while the question was open, the file is what it made; JupyterLab asks about that at the next save.
    if (answer === 'wait' || isOver) {
      throw new SaveCancelledError(trans.__('%1 was not saved while it was executed.', lastName(path)));
    }
  }

  /** Says at once to who types into such a notebook what comes of it. */
  warn(path: ContentsPath): void {
    const job = this.executing(path);
    if (job !== undefined && !this.answers.has(job.id)) {
      const { trans } = this.options;
      this.tell(
        job,
        trans.__('%1 is being executed. If you save it before that has ended, nothing is recorded.', lastName(path))
      );
    }
  }

  private executing(path: ContentsPath): Job | undefined {
    return this.options.jobs.jobs.find(
      job => job.operation === 'runNotebook' && !isEnded(job) && (job.input as { path?: unknown }).path === path
    );
  }

  /** An execution may take hours: who said no can say yes. */
  private tellUnsaved(path: ContentsPath, job: Job): void {
    const { trans, save } = this.options;
    const callback = (): void => {
      this.answers.set(job.id, Promise.resolve('save'));
      save(path);
    };
    this.tell(job, trans.__('%1 is being executed: your changes are not saved yet.', lastName(path)), [
      { label: trans.__('Save All the Same'), displayType: 'warn', callback }
    ]);
  }

  private async ask(path: ContentsPath): Promise<Answer> {
    const { trans } = this.options;
    const { button } = await showDialog({
      title: trans.__('%1 Is Being Executed', lastName(path)),
      body: trans.__(
        'If you save it now, your changes stay, but nothing is recorded: what is executed comes beside it as a notebook of its own.'
      ),
      buttons: [Dialog.cancelButton({ label: trans.__('Not Now') }), Dialog.warnButton({ label: trans.__('Save All the Same') })],
      // A return typed without a look must not cost a long execution.
      defaultButton: 0
    });
    return button.accept ? 'save' : 'wait';
  }

  private tell({ id }: Job, message: string, actions: Notification.IAction[] = []): void {
    this.dismiss(id);
    this.shown.set(id, Notification.warning(message, { autoClose: false, actions }));
  }

  private dismiss(job: string): void {
    const id = this.shown.get(job);
    if (id !== undefined) {
      Notification.dismiss(id);
      this.shown.delete(job);
    }
  }
}
