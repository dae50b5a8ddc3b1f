import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { Job } from '../protocol/job';
import { CommandIDs, IDatalad, TRANSLATION_DOMAIN } from '../tokens';
import { isPanelInView } from './notifications/panelInView';

/** Kept behind the bell, but not shown by itself. */
const SILENT = 0;

/** Tells of jobs that took a while or failed; what ends well at once shows in the rows and in the panel. */
export const notificationsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-datalad:notifications',
  description: 'Notifications about DataLad jobs that took a while or failed.',
  autoStart: true,
  requires: [IDatalad],
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, datalad: IDatalad, translator: ITranslator | null): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const tell = async (job: Job): Promise<void> => {
      const { noticeOf } = await import('./notifications/notice');
      const notice = noticeOf(job, trans);
      if (notice === null) {
        return;
      }
      const showDetails = () => void app.commands.execute(CommandIDs.showPanel, { section: 'commands', job: job.id });
      Notification.emit(notice.message, notice.type, {
        autoClose: notice.inPanel && isPanelInView(app.shell) ? SILENT : notice.type === 'success' ? 5_000 : 20_000,
        actions: app.commands.hasCommand(CommandIDs.showPanel) ? [{ label: trans.__('Show Details'), callback: showDetails }] : []
      });
    };
    datalad.jobs.ended.connect((_, job) => void tell(job));
  }
};
