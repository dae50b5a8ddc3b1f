import { isSuccess, type Result } from '../../../../protocol/result';
import type { Failure } from '../../../../protocol/failure';
import { displayName } from '../../../bytes';
import type { IOutcome } from '../../../datalad/execute';
import { failureOf } from '../../../datalad/failures';
import type { ITask } from '../../../handlers';
import type { AbsolutePath, PathBoundary } from '../../../paths';

interface IEntry {
  action: string;
  /** Absolute. */
  path: string;
  type: 'file' | 'dataset';
  key?: string;
}

/** Keeps the results of work that is done without DataLad, in the form of DataLad's, and tells them to the task. */
export class Ledger {
  constructor(
    private readonly boundary: PathBoundary,
    private readonly task: ITask
  ) {}

  /** Tells a success, or that there was nothing to do. */
  done(entry: IEntry, status: 'ok' | 'notneeded' = 'ok', message?: string): void {
    this.take({ ...this.resultOf(entry), status, ...(message === undefined ? {} : { message }) });
  }

  /** Tells what went wrong with one file, by the words of git or git-annex. */
  failed(entry: IEntry, words: string): void {
    this.refused(entry, failureOf(words));
  }

  /** Tells why one file was left alone. */
  refused(entry: IEntry, failure: Failure): void {
    this.take({ ...this.resultOf(entry), status: 'error', message: failure.detail ?? failure.message, failure });
  }

  /** Records that DataLad told already. */
  add({ failed, counts }: IOutcome): void {
    this.failures.push(...failed);
    counts.forEach((count, name) => this.counts.set(name, (this.counts.get(name) ?? 0) + count));
  }

  /** What was done, to be judged. */
  outcome(output = ''): IOutcome {
    return { ending: { type: 'done', garbled: false }, failed: this.failures, counts: this.counts, output };
  }

  private resultOf({ action, path, type, key = '' }: IEntry): Pick<Result, 'action' | 'path' | 'type' | 'key'> {
    const place = path as AbsolutePath;
    return {
      action,
      path: this.boundary.contains(place) ? this.boundary.toContents(place) : displayName(path),
      type,
      key: key === '' ? null : key
    };
  }

  private take(result: Result): void {
    const name = `${result.action} ${result.status}`;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
    if (!isSuccess(result)) {
      this.failures.push(result);
    }
    this.task.result(result);
  }

  private readonly failures: Result[] = [];
  private readonly counts = new Map<string, number>();
}

/** Why a name stands in the way of an action, and what to do. */
export function unsafeName(path: string, why: string): Failure {
  return {
    kind: 'unsafe-name',
    message: `${why}: the name holds a line break or bytes that are no text.`,
    hint: 'Rename it in a terminal, with "git mv", then try again.',
    parameters: { path: displayName(path) }
  };
}
