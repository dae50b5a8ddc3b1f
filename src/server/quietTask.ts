import type { Result } from '../protocol/result';
import type { ITask } from './handlers';

/** The same task, but for results of one kind, which are put aside. */
export function withoutResults(task: ITask, unwanted: (result: Result) => boolean, aside: Result[] = []): ITask {
  return altered(task, { result: result => void (unwanted(result) ? aside.push(result) : task.result(result)) });
}

/** The same task, whose progress counts the results of one kind, of which so many are to come. */
export function countingResults(task: ITask, counts: (result: Result) => boolean, totalFiles: number): ITask {
  let files = 0;
  return altered(task, {
    result: result => {
      task.result(result);
      if (counts(result)) {
        files += 1;
        task.progress({ files, totalFiles, active: [] });
      }
    },
    progress: progress => task.progress({ ...progress, files, totalFiles })
  });
}

/** The same task, but cancelled by another signal: what was begun is brought to an end. */
export function withSignal(task: ITask, signal: AbortSignal): ITask {
  return altered(task, { signal });
}

/** A task is an object with getters, so it cannot be spread. */
function altered(task: ITask, changes: Partial<Pick<ITask, 'result' | 'progress' | 'signal'>>): ITask {
  return {
    id: task.id,
    signal: task.signal,
    result: result => task.result(result),
    progress: progress => task.progress(progress),
    output: text => task.output(text),
    secret: text => task.secret(text),
    ask: prompt => task.ask(prompt),
    notice: notice => task.notice(notice),
    inTurn: work => task.inTurn(work),
    ...changes
  };
}
