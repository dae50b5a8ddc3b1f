import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { expectedFailure } from '../../protocol/failure';
import { isEnded, type Job } from '../../protocol/job';
import { formatSize } from '../../protocol/size';
import type { IJobsModel } from '../../tokens';

interface IFollow {
  readonly dataset: string;
  readonly names: readonly string[];
  /** Ids of jobs that there were before it; default: those there are. */
  readonly before?: ReadonlySet<string>;
}

/** Shows how a get that was started to open files goes, with a way to cancel it, until disposed. Call it before the job is started. */
export function followGet(
  jobs: IJobsModel,
  trans: TranslationBundle,
  { dataset, names, before = new Set(jobs.jobs.map(({ id }) => id)) }: IFollow
): IDisposable {
  const title = names.length === 1 ? trans.__('Getting %1', names[0]) : trans.__('Getting %1 files', names.length);
  const find = (): Job | undefined =>
    jobs.jobs.find(job => job.operation === 'get' && job.dataset === dataset && !before.has(job.id) && !isEnded(job));
  const cancel = (event: MouseEvent): void => {
    // The notification stays until the job has ended.
    event.preventDefault();
    const job = find();
    if (job !== undefined) {
      // Where the server is away the notification stays, to try again.
      jobs.cancel(job.id).catch(expectedFailure);
    }
  };
  const id = Notification.emit(title, 'in-progress', {
    autoClose: false,
    actions: [{ label: trans.__('Cancel'), callback: cancel }]
  });
  const show = (): void => {
    const progress = find()?.progress;
    if (progress?.bytes !== undefined && progress.totalBytes) {
      const amount = trans.__('%1 of %2', formatSize(progress.bytes), formatSize(progress.totalBytes));
      Notification.update({ id, message: `${title}: ${amount}`, progress: progress.bytes / progress.totalBytes });
    }
  };
  jobs.changed.connect(show);
  return new DisposableDelegate(() => {
    jobs.changed.disconnect(show);
    Notification.dismiss(id);
  });
}
