import { Dialog, Notification } from '@jupyterlab/apputils';
import { acceptDialog, dismissDialog } from '@jupyterlab/testing';
import { waitFor } from '@testing-library/dom';
import { nullTranslator } from '@jupyterlab/translation';
import { ClientDouble, makeJob, makeListing, makeRow } from '../../client/client.fixtures';
import { CurrentModel } from '../../models/currentModel';
import { HistoryModel } from '../../models/historyModel';
import { InspectorModel } from '../../models/inspectorModel';
import { JobsModel } from '../../models/jobsModel';
import { RowsModel } from '../../models/rowsModel';
import type { CallOutput } from '../../protocol/contract';
import { FailureError } from '../../protocol/failure';
import type { Job, JobReport } from '../../protocol/job';
import { contentsPath } from '../../protocol/paths';
import type { IOpening } from './absentOpener';
import { GetAndOpen } from './getAndOpen';

const trans = nullTranslator.load('jupyterlab_datalad');

/** A workspace in which content can be got; `plan` changes what the server says of it. */
function makeOffer(plan: Partial<CallOutput<'planGet'>> = {}, restored = Promise.resolve()) {
  const client = new ClientDouble({
    rows: ({ folder }) => makeListing(folder, [makeRow('a.bin'), makeRow('b.bin')]),
    planGet: ({ paths }) => ({
      toGet: { files: paths.length, bytes: 5_000_000 * paths.length, unsized: 0 },
      alreadyHere: { files: 0, bytes: 0, unsized: 0 },
      sources: [{ name: 'origin', files: paths.length }],
      unavailable: 0,
      absentSubdatasets: [],
      free: 1e9,
      ...plan
    }),
    dataset: () => null
  });
  const jobs = new JobsModel(client);
  const rows = new RowsModel({ client, jobs });
  const current = new CurrentModel({ client, rows });
  const { offer } = new GetAndOpen(
    { client, jobs, rows, current, history: new HistoryModel(client), inspector: new InspectorModel({ client, jobs }) },
    trans,
    restored
  );
  const opened: string[] = [];
  const open = async (name: string, isRestored = false): Promise<void> => {
    await rows.refresh(contentsPath('study'));
    const path = contentsPath(`study/${name}`);
    const opening: IOpening = { path, open: () => void opened.push(name), restored: isRestored };
    offer(opening);
  };
  /** The job ends, with records that say so of each file. */
  const end = async (job: Partial<Job>, results: JobReport['results'] = []): Promise<void> => {
    const whole = makeJob(job);
    client.reports.set(whole.id, { job: whole, results, output: '' });
    client.tell({ type: 'job', job: whole });
    await new Promise(process.nextTick);
  };
  return { client, jobs, opened, open, end };
}

function dialogText(): string {
  return document.querySelector('.jp-Dialog')?.textContent ?? '';
}

/** Resolves once a dialog says something: titles are drawn late. */
function dialogSays(text: string): Promise<void> {
  return waitFor(() => expect(dialogText()).toContain(text));
}

/** Resolves once a job was posted. */
async function started({ asked }: ClientDouble): Promise<string> {
  for (;;) {
    const start = asked.find(call => call.startsWith('start'));
    if (start !== undefined) {
      return start;
    }
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

afterEach(() => {
  Notification.dismiss();
  Dialog.flush();
});

test('the question names size and place; accepted, the file is got, then opened', async () => {
  const { client, opened, open, end } = makeOffer();
  await open('a.bin');
  await dialogSays('Get 4.8 MB from origin and open?');
  await acceptDialog();
  expect(await started(client)).toBe('start get {"dataset":"study","paths":["study/a.bin"]}');
  client.tell({ type: 'job', job: makeJob({ progress: { bytes: 1_000_000, totalBytes: 5_000_000, active: [] } }) });
  expect(Notification.manager.notifications[0]).toMatchObject({
    message: 'Getting a.bin: 976.6 KB of 4.8 MB',
    options: { progress: 0.2 }
  });
  expect(opened).toEqual([]);
  await end({ state: 'ok' });
  await new Promise(process.nextTick);
  expect(opened).toEqual(['a.bin']);
  expect(Notification.manager.count).toBe(0);
});

test('files opened together share one question', async () => {
  const { client, open } = makeOffer();
  await Promise.all([open('a.bin'), open('b.bin'), open('a.bin')]);
  await dialogSays('Get 9.5 MB from origin and open?');
  await dialogSays('2 files');
  expect(document.querySelectorAll('.jp-Dialog')).toHaveLength(1);
  await dismissDialog();
  expect(client.asked.filter(call => call.startsWith('start'))).toEqual([]);
});

test('the notification cancels the job', async () => {
  const { client, opened, open, end } = makeOffer();
  await open('a.bin');
  await acceptDialog();
  await started(client);
  client.tell({ type: 'job', job: makeJob() });
  const [cancel] = Notification.manager.notifications[0]?.options.actions ?? [];
  cancel?.callback(new MouseEvent('click'));
  expect(client.cancelled).toEqual(['job-1']);
  await end({ state: 'cancelled' });
  expect(opened).toEqual([]);
});

test('of several files those open that have arrived', async () => {
  const { client, opened, open, end } = makeOffer();
  await Promise.all([open('a.bin'), open('b.bin')]);
  await acceptDialog();
  await started(client);
  await end({ state: 'error', failure: { kind: 'content-unavailable', message: 'nowhere' } }, [
    { action: 'get', status: 'ok', path: 'study/a.bin' },
    { action: 'get', status: 'error', path: 'study/b.bin' }
  ]);
  await new Promise(process.nextTick);
  expect(opened).toEqual(['a.bin']);
  expect(Notification.manager.count).toBe(0);
});

test('a get that cannot start says why', async () => {
  const { client, opened, open } = makeOffer();
  client.refusal = new FailureError({ kind: 'read-only', message: 'read-only' });
  await open('a.bin');
  await acceptDialog();
  await dialogSays('This dataset is read-only.');
  await dismissDialog();
  expect(opened).toEqual([]);
});

test('where space will not do, that is said instead of asking', async () => {
  const { client, open } = makeOffer({ free: 1_000_000 });
  await open('a.bin');
  await dialogSays('4.8 MB are needed, 976.6 KB are free.');
  await dismissDialog();
  expect(client.asked.filter(call => call.startsWith('start'))).toEqual([]);
});

test('tabs of the last session are mentioned once, after JupyterLab stands, and got on request', async () => {
  let stand: () => void = () => undefined;
  const { client, opened, open, end } = makeOffer({}, new Promise<void>(resolve => (stand = resolve)));
  await open('a.bin', true);
  await open('b.bin', true);
  expect(Notification.manager.count).toBe(0);
  const mentioned = new Promise<void>(resolve => Notification.manager.changed.connect(() => resolve()));
  stand();
  await mentioned;
  expect(document.querySelector('.jp-Dialog')).toBeNull();
  const [notification] = Notification.manager.notifications;
  expect(notification?.message).toBe('2 files were open whose content is not here (9.5 MB).');
  notification?.options.actions?.[0]?.callback(new MouseEvent('click'));
  await started(client);
  await end({ state: 'ok' });
  await new Promise(process.nextTick);
  expect(opened).toEqual(['a.bin', 'b.bin']);
});
