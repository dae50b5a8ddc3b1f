import * as v from 'valibot';

/** One raw result record of DataLad: only what is needed to tell it from noise is checked here. */
export const WorkerRecord = v.looseObject({
  action: v.string(),
  status: v.picklist(['ok', 'notneeded', 'impossible', 'error']),
  path: v.string()
});
export type WorkerRecord = v.InferOutput<typeof WorkerRecord>;

/** A number of a bar: special remotes say them, too, and one that no sum can bear would make the whole job untellable. */
const BarNumber = v.pipe(
  v.number(),
  v.transform(number => Math.min(Math.max(0, number), Number.MAX_SAFE_INTEGER))
);

/** A progress bar of DataLad with its absolute value; `end` is the last word on it and may stop short of the total. */
export const BarUpdate = v.object({
  type: v.literal('progress'),
  id: v.string(),
  step: v.picklist(['update', 'end']),
  label: v.string(),
  unit: v.string(),
  total: v.nullable(BarNumber),
  value: BarNumber
});
export type BarUpdate = v.InferOutput<typeof BarUpdate>;

/** A command that ended in an exception instead of running to its end. */
export const Crash = v.object({
  type: v.literal('failed'),
  exception: v.string(),
  text: v.string(),
  stderr: v.string(),
  cancelled: v.boolean()
});
export type Crash = v.InferOutput<typeof Crash>;

/** What the Python worker says, one JSON object per line. */
export const WorkerMessage = v.variant('type', [
  v.object({ type: v.literal('ready'), version: v.string() }),
  v.object({ type: v.literal('result'), record: WorkerRecord }),
  BarUpdate,
  v.object({ type: v.literal('log'), level: v.string(), text: v.string() }),
  v.object({
    type: v.literal('prompt'),
    id: v.string(),
    text: v.string(),
    hidden: v.boolean(),
    choices: v.nullable(v.array(v.string()))
  }),
  v.object({ type: v.literal('done') }),
  Crash
]);
export type WorkerMessage = v.InferOutput<typeof WorkerMessage>;

/** A command of `datalad.api` with its keyword arguments; paths are absolute. */
export interface IDataladCall {
  command: string;
  /** The dataset relative to which it works, or null for none. */
  dataset: string | null;
  /** The folder of the dataset in which it works, and relative to which it takes paths; by default the dataset itself. */
  folder?: string;
  /** `on_failure` is `ignore` where they do not say otherwise. */
  arguments: Readonly<Record<string, unknown>>;
}

/** What the worker is told. */
export type WorkerRequest = ({ type: 'run' } & IDataladCall) | { type: 'answer'; id: string; value: string | null };

/** Reads one line of the worker; null when it is none of its messages. */
export function parseMessage(line: string): WorkerMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = v.safeParse(WorkerMessage, value);
  return parsed.success ? parsed.output : null;
}
