import * as v from 'valibot';
import { Failure } from './failure';
import { ContentsPath } from './paths';
import { Result } from './result';

const Bytes = v.pipe(v.number(), v.minValue(0));
/** Milliseconds since 1970. */
const Time = v.number();

/** `interrupted`: a server that ran or kept it waiting is gone, and nobody knows how far it came. */
export const JobState = v.picklist(['queued', 'running', 'ok', 'error', 'cancelled', 'interrupted']);
export type JobState = v.InferOutput<typeof JobState>;

/** How far a running job is. Numbers that are not known are absent. */
export const Progress = v.object({
  bytes: v.optional(Bytes),
  totalBytes: v.optional(Bytes),
  files: v.optional(v.number()),
  totalFiles: v.optional(v.number()),
  /** Bytes per second over the last seconds. */
  rate: v.optional(Bytes),
  /** Milliseconds left. */
  remaining: v.optional(v.number()),
  /** Milliseconds since anything was heard of it, once that is long: rate and time left are then not known. */
  quiet: v.optional(v.number()),
  /** DataLad's own word for the step, such as "Cloning". */
  step: v.optional(v.string()),
  /** The files moving at this moment. */
  active: v.array(v.object({ path: v.string(), bytes: Bytes, totalBytes: v.optional(Bytes) }))
});
export type Progress = v.InferOutput<typeof Progress>;

/** A question of a running job, answered by `POST jobs/:id/answer`. */
export const Prompt = v.object({
  id: v.string(),
  text: v.string(),
  /** What is typed must not be shown nor kept. */
  secret: v.boolean(),
  choices: v.optional(v.array(v.string()))
});
export type Prompt = v.InferOutput<typeof Prompt>;

/** One entry of the list of commands: a job of this server, or something seen to have happened in a terminal. */
export const Job = v.object({
  id: v.string(),
  /** Name of the operation, see `contract.ts`; `terminal` for what others did. */
  operation: v.string(),
  origin: v.picklist(['panel', 'terminal']),
  /** The dataset it works in; null for a clone outside any. */
  dataset: v.nullable(ContentsPath),
  /** The input as it was posted, for the wording and for trying again; secrets are never part of an input. */
  input: v.unknown(),
  /** The command it stands for, as an argument list: `['datalad', 'get', …]`; empty where there is none. */
  command: v.array(v.string()),
  state: JobState,
  created: Time,
  started: v.optional(Time),
  ended: v.optional(Time),
  progress: v.optional(Progress),
  prompt: v.optional(Prompt),
  failure: v.optional(Failure),
  /** Characters of output so far: there is more to read when it grows. */
  printed: v.optional(v.number()),
  /** Records by success. */
  counts: v.object({ ok: v.number(), notneeded: v.number(), failed: v.number() }),
  /** A remark on a job that went well, such as "another program committed in between". */
  notice: v.optional(Failure)
});
export type Job = v.InferOutput<typeof Job>;

/** Whether nothing more will happen to a job. */
export function isEnded({ state }: Pick<Job, 'state'>): boolean {
  return state !== 'queued' && state !== 'running';
}

/** Whether a job makes a dataset step by step: until it has ended, half of one lies there. */
export function makesDataset({ operation }: Pick<Job, 'operation'>): boolean {
  return ['clone', 'create', 'createExample'].includes(operation);
}

/** Whether two jobs do the same: then the later one answers for the earlier. */
export function isSameWork(one: Job, other: Job): boolean {
  return (
    one.operation === other.operation &&
    one.dataset === other.dataset &&
    JSON.stringify(one.input) === JSON.stringify(other.input)
  );
}

/** A job with everything it said; answer of `GET jobs/:id`. */
export const JobReport = v.object({
  job: Job,
  /** At most the last 5,000. */
  results: v.array(Result),
  /** What the tools printed beside the records: at most the last 64 KiB, without secrets. */
  output: v.string()
});
export type JobReport = v.InferOutput<typeof JobReport>;

export const Answer = v.object({ prompt: v.string(), value: v.nullable(v.pipe(v.string(), v.maxLength(10_000))) });
export type Answer = v.InferOutput<typeof Answer>;

/** What the event stream carries, one JSON object per event. */
export const ServerEvent = v.variant('type', [
  v.object({ type: v.literal('job'), job: Job }),
  /** Something changed below a folder of a dataset (or in a folder outside any): read it again if you show it. */
  v.object({
    type: v.literal('changed'),
    dataset: v.nullable(ContentsPath),
    /** `state`: index, branch, siblings or content; `figures`: totals and folder figures only; `folder`: the working tree of `folder`. */
    what: v.picklist(['state', 'figures', 'folder']),
    folder: v.optional(ContentsPath)
  }),
  /** First event of every stream, and after a gap that the log no longer covers: read everything again. */
  v.object({ type: v.literal('hello'), server: v.string(), gap: v.boolean() })
]);
export type ServerEvent = v.InferOutput<typeof ServerEvent>;
