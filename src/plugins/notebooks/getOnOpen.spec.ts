import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { ClientDouble, makeJob } from '../../client/client.fixtures';
import { JobsModel } from '../../models/jobsModel';
import { FailureError } from '../../protocol/failure';
import { contentsPath } from '../../protocol/paths';
import type { INotebookServices, IOpenNotebook } from './context';
import { getOnOpen, readNames } from './getOnOpen';

const trans = nullTranslator.load('jupyterlab_datalad');
const path = contentsPath('study/work.ipynb');

/** An open notebook with these cells, and what is asked for it. */
function opened({ sources = ["open('data.csv')"], on = true, absent = ['data.csv'], status = 'ok' }) {
  const asked: string[][] = [];
  const client = new ClientDouble({
    absentFiles: ({ names }) => {
      asked.push(names);
      return absent.includes('fail')
        ? Promise.reject(new FailureError({ kind: 'timeout', message: 'no answer' }))
        : absent.filter(name => names.includes(name)).map(name => ({ name, path: contentsPath(`study/${name}`) }));
    }
  });
  const jobs = new JobsModel(client);
  const executed: unknown[] = [];
  const during = (): string[] => Notification.manager.notifications.map(({ message }) => message);
  let seen: string[] = [];
  const commands = {
    execute: async (id: string, args: { paths: string[] }) => {
      executed.push([id, args]);
      const job = makeJob({ operation: 'get', state: 'running', input: { dataset: 'study', paths: args.paths } });
      expect(during()).toEqual([]);
      client.tell({ type: 'job', job });
      seen = during();
      return { status };
    }
  };
  const widgets = sources.map(source => ({ model: { type: 'code', sharedModel: { getSource: () => source } } }));
  const notebook = { path, dataset: contentsPath('study'), panel: { content: { widgets }, isDisposed: false } };
  const openHabits = { ready: Promise.resolve(), gets: () => on, setGets: () => undefined };
  const services = { datalad: { client, jobs }, commands, trans, openHabits };
  const open = (): Promise<void> => getOnOpen(notebook as unknown as IOpenNotebook, services as unknown as INotebookServices);
  const done = open();
  return { done, again: open, asked, executed, seen: () => seen };
}

afterEach(() => Notification.dismiss());

it('gets what the cells read and is not here, and says so while it comes and when it is here', async () => {
  const { done, executed, seen } = opened({ sources: ["open('data.csv')", "open('b.csv', 'w'); open('here.csv')"] });
  await done;
  expect(executed).toEqual([['datalad:get', { paths: ['study/data.csv'] }]]);
  expect(seen()).toEqual(['Getting data.csv']);
  expect(Notification.manager.notifications.map(({ message }) => message)).toEqual([
    'data.csv is here now: work.ipynb names it.'
  ]);
});

it('gets nothing again where an open notebook is renamed', async () => {
  const { done, again, executed } = opened({});
  await done;
  await again();
  expect(executed).toHaveLength(1);
});

it('does nothing where it is not switched on, or nothing is missing, or nobody answers', async () => {
  const off = opened({ on: false });
  const here = opened({ absent: [] });
  const failing = opened({ absent: ['fail'] });
  await Promise.all([off.done, here.done, failing.done]);
  expect(off.asked).toEqual([]);
  expect([...off.executed, ...here.executed, ...failing.executed]).toEqual([]);
});

it('leaves it to the get to tell how it failed', async () => {
  const { done } = opened({ status: 'error' });
  await done;
  expect(Notification.manager.notifications).toEqual([]);
});

it('asks about many names in parts', async () => {
  const sources = [0, 1].map(cell => Array.from({ length: 400 }, (_, at) => `'f${cell}-${at}.csv'`).join('\n'));
  const { done, asked } = opened({ sources, absent: ['f0-1.csv', 'f1-399.csv'] });
  await done;
  expect(asked.map(({ length }) => length)).toEqual([300, 300, 200]);
});

it('takes what any cell writes for something that the notebook makes', () => {
  expect(readNames(["open('a.csv'); open('a.csv'); df.to_csv('made.csv')", "read('made.csv'); read('b.csv')"])).toEqual([
    'a.csv',
    'b.csv'
  ]);
});
