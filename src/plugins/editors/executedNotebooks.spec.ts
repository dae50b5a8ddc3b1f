import { Notification } from '@jupyterlab/apputils';
import { dismissDialog, waitForDialog } from '@jupyterlab/testing';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { makeJob } from '../../client/client.fixtures';
import type { Job } from '../../protocol/job';
import { type ContentsPath, contentsPath } from '../../protocol/paths';
import type { IJobsModel } from '../../tokens';
import { ExecutedNotebooks } from './executedNotebooks';

const PATH = contentsPath('study/analysis.ipynb');
const told = (): string[] => Notification.manager.notifications.map(({ message }) => message);

/** Looks after notebooks while these jobs are there; `end` ends them. */
function given(...jobs: Job[]) {
  const model = { jobs } as unknown as { jobs: Job[]; ended: Signal<IJobsModel, Job> };
  model.ended = new Signal(model as unknown as IJobsModel);
  const end = (): void => {
    const [job] = model.jobs;
    model.jobs = model.jobs.map(each => ({ ...each, state: 'ok' }));
    model.ended.emit(job as Job);
  };
  const saves: ContentsPath[] = [];
  const notebooks = new ExecutedNotebooks({
    jobs: model as unknown as IJobsModel,
    save: path => saves.push(path),
    trans: nullTranslator.load('jupyterlab_datalad')
  });
  const begin = (): void => void (model.jobs = jobs);
  return { notebooks, begin, end, saves };
}
const executing = makeJob({ operation: 'runNotebook', state: 'running', input: { dataset: 'study', path: PATH } });

/** Not by a return: that is for the other button. */
async function saveAllTheSame(): Promise<void> {
  await waitForDialog();
  document.querySelector<HTMLElement>('.jp-Dialog button.jp-mod-warn')?.click();
}

afterEach(() => {
  Notification.manager.notifications.forEach(({ id }) => Notification.dismiss(id));
});

test('what nobody executes is saved without a word', async () => {
  const { notebooks } = given(
    { ...executing, state: 'ok' },
    { ...executing, operation: 'save' },
    { ...executing, input: { dataset: 'study', path: 'study/other.ipynb' } }
  );
  await notebooks.ensureMeant(PATH);
  notebooks.warn(PATH);
  expect(told()).toEqual([]);
});

test('a save waits for the end of the execution where the user would rather, who is asked once', async () => {
  const { notebooks, end } = given(executing);
  notebooks.warn(PATH);
  expect(told()).toEqual(['analysis.ipynb is being executed. If you save it before that has ended, nothing is recorded.']);
  const refused = expect(notebooks.ensureMeant(PATH)).rejects.toMatchObject({ name: 'ModalCancelError' });
  await dismissDialog();
  await refused;
  await expect(notebooks.ensureMeant(PATH)).rejects.toMatchObject({ name: 'ModalCancelError' });
  notebooks.warn(PATH);
  expect(told()).toEqual(['analysis.ipynb is being executed: your changes are not saved yet.']);
  end();
  await notebooks.ensureMeant(PATH);
  expect(told()).toEqual([]);
});

test('who would rather wait can still save it, by the notification', async () => {
  const { notebooks, saves } = given(executing);
  const refused = expect(notebooks.ensureMeant(PATH)).rejects.toMatchObject({ name: 'ModalCancelError' });
  await dismissDialog();
  await refused;
  const [action, ...more] = Notification.manager.notifications[0]?.options.actions ?? [];
  expect([action?.label, more]).toEqual(['Save All the Same', []]);
  action?.callback(new MouseEvent('click'));
  expect(saves).toEqual([PATH]);
  await notebooks.ensureMeant(PATH);
});

test('saves that come at once are one question', async () => {
  const { notebooks } = given(executing);
  const both = Promise.all([notebooks.ensureMeant(PATH), notebooks.ensureMeant(PATH)]);
  await waitForDialog();
  expect(document.querySelectorAll('.jp-Dialog')).toHaveLength(1);
  await saveAllTheSame();
  await both;
  expect(document.querySelectorAll('.jp-Dialog')).toHaveLength(0);
});

test('an answer counts for one execution, whose end forgets it', async () => {
  const { notebooks, begin, end } = given(executing);
  const saved = notebooks.ensureMeant(PATH);
  await saveAllTheSame();
  await saved;
  end();
  begin();
  const refused = expect(notebooks.ensureMeant(PATH)).rejects.toMatchObject({ name: 'ModalCancelError' });
  await dismissDialog();
  await refused;
});

test('it is saved all the same where that is meant', async () => {
  const { notebooks } = given(executing);
  const saved = notebooks.ensureMeant(PATH);
  await saveAllTheSame();
  await saved;
  await notebooks.ensureMeant(PATH);
});

test('an answer that comes after its end writes nothing over what was made', async () => {
  const { notebooks, end } = given(executing);
  const late = expect(notebooks.ensureMeant(PATH)).rejects.toMatchObject({ name: 'ModalCancelError' });
  await waitForDialog();
  end();
  await saveAllTheSame();
  await late;
});
