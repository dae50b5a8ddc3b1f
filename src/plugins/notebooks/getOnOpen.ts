import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { lastName } from '../../components/names';
import { expectedFailure } from '../../protocol/failure';
import { isEnded } from '../../protocol/job';
import { namedFiles } from '../../protocol/namedFiles';
import { type AbsentFile, MAX_NAMES } from '../../protocol/notebookRun';
import { type ContentsPath, nameOf } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import { followGet } from '../openAbsent/getNotification';
import type { INotebookServices, IOpenNotebook } from './context';
import { isCode } from './failedCell';
import { getsAny } from './getsAny';

/** Milliseconds that the news of a get that ended stays. */
const SHOWN = 5_000;

/** Those that were looked at: one that is renamed, or whose folder becomes a dataset, is not opened again. */
const opened = new WeakSet<NotebookPanel>();

/** Gets what a notebook names and is not here, where that was switched on for it; asks as any get does. */
export async function getOnOpen({ panel, path, dataset }: IOpenNotebook, services: INotebookServices): Promise<void> {
  const { datalad, openHabits } = services;
  if (opened.has(panel)) {
    return;
  }
  opened.add(panel);
  await openHabits.ready;
  if (!openHabits.gets(path) || panel.isDisposed) {
    return;
  }
  const { widgets } = panel.content;
  const sources = widgets.filter(({ model }) => isCode(model)).map(({ model }) => model.sharedModel.getSource());
  const found: AbsentFile[] = [];
  try {
    for (const names of inParts(readNames(sources))) {
      found.push(...(await datalad.client.call('absentFiles', { dataset, path, names })));
    }
  } catch (reason) {
    // Whoever needs the files is told by what needs them.
    expectedFailure(reason);
    return;
  }
  const paths = [...new Set(found.map(file => file.path))];
  if (paths.length > 0 && !panel.isDisposed) {
    await get(paths, nameOf(path), services);
  }
}

/** Names that stand in sources as what is read: what any of them writes is for it to make. */
export function readNames(sources: readonly string[]): string[] {
  const named = sources.flatMap(namedFiles);
  const written = new Set(named.filter(file => file.written).map(({ name }) => name));
  return [...new Set(named.map(({ name }) => name))].filter(name => !written.has(name));
}

function inParts(names: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(names.length / MAX_NAMES) }, (_, at) =>
    names.slice(at * MAX_NAMES, (at + 1) * MAX_NAMES)
  );
}

async function get(paths: ContentsPath[], notebook: string, { datalad, commands, trans }: INotebookServices): Promise<void> {
  const { jobs } = datalad;
  const names = paths.map(lastName);
  const before = new Set(jobs.jobs.map(({ id }) => id));
  let following: IDisposable | null = null;
  // Not before the job is there: something may have to be asked first.
  const follow = (): void => {
    const job = jobs.jobs.find(one => !before.has(one.id) && !isEnded(one) && getsAny(one, paths));
    if (job !== undefined && job.dataset !== null) {
      following ??= followGet(jobs, trans, { dataset: job.dataset, names, before });
    }
  };
  jobs.changed.connect(follow);
  let outcome: IOutcome;
  try {
    outcome = await commands.execute(CommandIDs.get, { paths });
  } finally {
    jobs.changed.disconnect(follow);
    (following as IDisposable | null)?.dispose();
  }
  if (outcome.status === 'ok') {
    Notification.success(
      trans._n('%2 is here now: %3 names it.', '%1 files are here now: %3 names them.', paths.length, names[0], notebook),
      { autoClose: SHOWN }
    );
  }
}
