import type { Result } from '../protocol/result';
import type { ITask } from './handlers';

/** The same task, but for results of one kind, which are put aside. */
export function withoutResults(task: ITask, unwanted: (result: Result) => boolean, aside: Result[] = []): ITask {
  return {
    id: task.id,
    signal: task.signal,
    result: result => void (unwanted(result) ? aside.push(result) : task.result(result)),
    progress: progress => task.progress(progress),
    output: text => task.output(text),
    secret: text => task.secret(text),
    ask: prompt => task.ask(prompt),
    notice: notice => task.notice(notice),
    inTurn: work => task.inTurn(work)
  };
}
