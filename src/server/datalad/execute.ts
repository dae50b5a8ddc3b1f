import { isAbsolute } from 'node:path';
import { type Failure, FailureError, type FailureKind, fail } from '../../protocol/failure';
import { isSuccess, onlyRepeats, type Result } from '../../protocol/result';
import { exists } from '../exists';
import type { ITask } from '../handlers';
import type { PathBoundary } from '../paths';
import { lastOf } from '../redact';
import { failureOf } from './failures';
import type { IDataladCall, WorkerRecord } from './messages';
import { ProgressMeter } from './progress';
import { toResult } from './result';
import { Silence } from './silence';
import type { Ending } from './worker';
import type { WorkerPool } from './workerPool';

/** Milliseconds between two reports of progress. */
const REPORT_INTERVAL = 200;
const OUTPUT_KEPT = 4_096;
/** Failed records whose words are part of a job's failure. */
const MAX_DETAILS = 20;

/** What a command did, before it is judged. */
export interface IOutcome {
  readonly ending: Ending;
  /** Failed records; the others were only counted. */
  readonly failed: readonly Result[];
  /** Records by action and status, such as `save ok`. */
  readonly counts: ReadonlyMap<string, number>;
  /** The last of what was printed beside the records; ssh and special remotes explain themselves only there. */
  readonly output: string;
}

/**
 * Runs a DataLad command for a job: tells records, progress, output and questions as they come. Judges nothing. `seen` gets the raw
 * records with their absolute paths.
 */
export async function execute(
  { pool, boundary }: { pool: WorkerPool; boundary: PathBoundary },
  call: IDataladCall,
  task: ITask,
  seen: (record: WorkerRecord) => void = () => undefined
): Promise<IOutcome> {
  const failed: Result[] = [];
  const counts = new Map<string, number>();
  const meter = new ProgressMeter(file => locate(file, boundary));
  let reported = 0;
  let output = '';
  const silence = new Silence(quiet => {
    const { rate, remaining, ...rest } = meter.progress;
    task.progress({ ...rest, quiet });
  });
  const run = pool.run(
    call,
    {
      record: record => {
        silence.heard();
        seen(record);
        const result = toResult(record, boundary);
        const name = `${result.action} ${result.status}`;
        counts.set(name, (counts.get(name) ?? 0) + 1);
        if (!isSuccess(result)) {
          failed.push(result);
        }
        task.result(result);
      },
      bar: update => {
        silence.heard();
        const now = Date.now();
        meter.update(update, now);
        if (now - reported >= REPORT_INTERVAL) {
          reported = now;
          task.progress(meter.progress);
        }
      },
      output: text => {
        silence.heard();
        output = lastOf(output + text, OUTPUT_KEPT);
        task.output(text);
      },
      ask: prompt => task.ask(prompt).finally(() => silence.heard())
    },
    task.signal
  );
  const ending = await run.finally(() => silence.end());
  return { ending, failed, counts, output };
}

/** The contents path of a file by the path the worker names; as it stands when it is none, or its name was not passed on whole. */
function locate(file: string, boundary: PathBoundary): string {
  return isAbsolute(file) && boundary.contains(file) && exists(file) ? boundary.toContents(file) : file;
}

/**
 * Throws what went wrong, by the records and the exception both. A command that said nothing did not succeed: `nothing` words what
 * that means here.
 */
export function judge({ ending, failed, counts, output }: IOutcome, nothing: Failure): void {
  if (ending.type === 'failed') {
    if (ending.cancelled) {
      fail('cancelled', 'This was cancelled.');
    }
    const text = ending.text.includes(ending.stderr.trim()) ? ending.text : `${ending.text}\n${ending.stderr}`;
    throw new FailureError(explain(failureOf(text), output));
  }
  if (failed.length > 0) {
    throw new FailureError(explain(combine(failed, total(counts)), output));
  }
  if (ending.garbled) {
    fail('unknown', 'A part of what DataLad said could not be read, so it is not known whether all went well.', {
      hint: 'Look at the state of the files, then try again.'
    });
  }
  if (total(counts) === 0) {
    throw new FailureError(nothing);
  }
}

/** Kinds that say that something failed, but not why. */
const VAGUE: readonly FailureKind[] = ['unknown', 'clone-failed', 'content-unavailable'];

/** DataLad prints it whenever it starts without an identity, also as a helper of git-annex, whatever goes wrong beside it. */
const BESIDE = /^.*It is highly recommended to configure Git before using DataLad.*$/gmu;

/** Looks for the cause in what was printed where the records do not name it. */
function explain(failure: Failure, output: string): Failure {
  if (!VAGUE.includes(failure.kind) || output.trim() === '') {
    return failure;
  }
  const cause = failureOf(output.replace(BESIDE, ''));
  const { kind, message, hint } = VAGUE.includes(cause.kind) ? failure : cause;
  return {
    ...failure,
    kind,
    message,
    ...(hint === undefined ? {} : { hint }),
    detail: `${failure.detail ?? ''}\n${output.trim()}`
  };
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** One failure for several failed records: the commonest kind, and what each said. */
function combine(failed: readonly Result[], records: number): Failure {
  const single = failed.filter(result => !onlyRepeats(result));
  const failures = (single.length > 0 ? single : failed).map(result => ({ result, failure: result.failure ?? failureOf('') }));
  const tally = new Map<FailureKind, number>();
  failures.forEach(({ failure: { kind } }) => tally.set(kind, (tally.get(kind) ?? 0) + 1));
  const [commonest] = [...tally].sort(([, one], [, other]) => other - one)[0] ?? ['unknown'];
  const main = failures.find(({ failure }) => failure.kind === commonest);
  const detail = failures
    .slice(0, MAX_DETAILS)
    .map(({ result, failure }) => `${result.path}: ${failure.detail ?? failure.message}`)
    .join('\n');
  return {
    ...(main?.failure ?? failureOf('')),
    detail,
    parameters: { ...main?.failure.parameters, failed: failures.length, records, path: main?.result.path ?? '' }
  };
}
