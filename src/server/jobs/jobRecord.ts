import { type JobName, type ParsedJobInput, jobs } from '../../protocol/contract';
import type { Failure } from '../../protocol/failure';
import type { Job, JobReport, Progress, Prompt } from '../../protocol/job';
import { onlyRepeats, type Result } from '../../protocol/result';
import { commandOf } from '../../protocol/command';
import type { ContentsPath } from '../../protocol/paths';
import type { Redactor } from '../redact';
import { KeptResults } from './keptResults';

export const MAX_OUTPUT = 64 * 1024;
/** As long as the longest answer to a question. */
const SEAM = 10_000;

/** A job as a server before left it. */
export type LeftJob = Omit<Job, 'origin' | 'state' | 'counts'>;

/** What is remembered of one job. It holds no secrets: everything is cleaned on its way in. */
export class JobRecord {
  private job: Job;
  private readonly results = new KeptResults();
  private text = '';
  /** Characters of JSON that never change: a job may name thousands of paths. */
  private readonly own: number;

  constructor(
    job: Pick<Job, 'id' | 'operation' | 'origin' | 'dataset' | 'input' | 'command'>,
    private readonly redactor: Redactor
  ) {
    this.job = { ...job, state: 'queued', created: Date.now(), counts: { ok: 0, notneeded: 0, failed: 0 } };
    this.own = JSON.stringify(this.job).length;
  }

  /** The record of a job of ours that is about to be queued. */
  static of<N extends JobName>(id: string, name: N, input: ParsedJobInput<N>, redactor: Redactor): JobRecord {
    const command = commandOf(name, input).map(word => redactor.text(word));
    const shown = redactor.input(input);
    return new JobRecord({ id, operation: name, origin: 'panel', dataset: datasetOf(input), input: shown, command }, redactor);
  }

  /** The record of a job that a server left behind: it had ended all but for saying so, or nobody knows how far it came. */
  static left(job: LeftJob, done: boolean, redactor: Redactor): JobRecord {
    const record = new JobRecord({ ...job, origin: 'panel' }, redactor);
    const how = done
      ? { state: 'ok' as const, notice: interruption('done') }
      : { state: 'interrupted' as const, failure: interruption(job.started === undefined ? 'waiting' : 'running') };
    record.job = { ...record.job, created: job.created, ...how };
    return record;
  }

  /** The job as it is now; never changed later. */
  get snapshot(): Job {
    return this.job;
  }

  get report(): JobReport {
    return { job: this.job, results: this.results.last, output: this.text };
  }

  /** About how many characters are remembered of it. */
  get length(): number {
    return this.own + this.results.length + this.text.length;
  }

  start(): void {
    this.job = { ...this.job, state: 'running', started: Math.max(Date.now(), this.job.created) };
  }

  end(state: 'ok' | 'error' | 'cancelled', failure?: Failure): void {
    const { progress, prompt, ...rest } = this.job;
    const cleaned = failure === undefined ? {} : { failure: this.redactor.value(failure) };
    // The clock may have been set back meanwhile.
    const ended = Math.max(Date.now(), rest.started ?? rest.created);
    this.job = { ...rest, state, ended, ...cleaned };
  }

  progress(progress: Progress): void {
    this.job = { ...this.job, progress: this.redactor.value(progress) };
  }

  ask(prompt: Prompt | undefined): void {
    const { prompt: before, ...rest } = this.job;
    this.job = prompt === undefined ? rest : { ...rest, prompt: this.redactor.value(prompt) };
  }

  notice(notice: Failure): void {
    this.job = { ...this.job, notice: this.redactor.value(notice) };
  }

  result(result: Result): void {
    this.results.add(this.redactor.value(result));
    if (onlyRepeats(result)) {
      return;
    }
    const kind = result.status === 'ok' || result.status === 'notneeded' ? result.status : 'failed';
    const counts = { ...this.job.counts, [kind]: this.job.counts[kind] + 1 };
    this.job = { ...this.job, counts };
  }

  /** Keeps only what failed: thousands of results of a long gone job are no use, but what a drop was refused for may be asked for. */
  abridge(): void {
    this.results.keepFailed();
  }

  output(text: string): void {
    this.job = { ...this.job, printed: (this.job.printed ?? 0) + text.length };
    // A secret may come in two pieces: the end of what was there is cleaned again.
    const seam = Math.max(0, this.text.length - SEAM);
    const cleaned = this.redactor.text(this.text.slice(seam) + text);
    this.text = overwritten(this.text.slice(0, seam) + cleaned).slice(-MAX_OUTPUT);
  }
}

/** Without what a terminal would have written over: a progress bar begins its line anew with each step. */
function overwritten(text: string): string {
  return text.includes('\r') ? text.replace(/[^\r\n]*\r+(?=[^\r\n])/gu, '') : text;
}

/** What is told of a job whose server is gone, by how far it had come. */
function interruption(reached: 'waiting' | 'running' | 'done'): Failure {
  const message = {
    waiting: 'The server was stopped before this began.',
    running: 'The server was stopped while this ran.',
    done: 'The server was stopped just after this had been done.'
  }[reached];
  return { kind: 'interrupted', message, parameters: { reached } };
}

/** Which dataset an input names; null when it is in none. */
export function datasetOf(input: ParsedJobInput<JobName>): ContentsPath | null {
  if ('dataset' in input) {
    return input.dataset;
  }
  return ('asSubdataset' in input ? input.asSubdataset : undefined) ?? null;
}

/** Where a job that commits does so; null: in what is not there yet. A dataset is made in its own place, which may be a repository. */
export function committedIn(name: JobName, input: ParsedJobInput<JobName>): (ContentsPath | null)[] {
  return name === 'create' ? placesOf(input) : [datasetOf(input)];
}

/** The folders an input names, but for the many in `paths`. */
export function placesOf(input: ParsedJobInput<JobName>): ContentsPath[] {
  const dataset = datasetOf(input);
  return [...(dataset === null ? [] : [dataset]), ...('path' in input ? [input.path] : [])];
}

/** The path whose top-level dataset a job must have for itself; null when it waits for nothing. */
export function laneOf<N extends JobName>(name: N, input: ParsedJobInput<JobName>): { lane: string; path: ContentsPath } | null {
  const { lane } = jobs[name];
  const [path] = placesOf(input);
  return lane === 'none' || path === undefined ? null : { lane, path };
}
