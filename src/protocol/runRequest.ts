import * as v from 'valibot';
import { ContainerName } from './container';
import { ContentsPath } from './paths';

/** No program can be handed a NUL; far more than a record is good for. */
const Command = v.pipe(v.string(), v.maxLength(30_000), v.regex(/\S/u), v.regex(/^[^\0]*$/u));
/** A path or a pattern, relative to the folder that the command runs in. */
const Specification = v.pipe(v.string(), v.maxLength(4_096), v.regex(/\S/u), v.regex(/^[^\0\r\n]*$/u));
const Specifications = v.pipe(v.array(Specification), v.maxLength(1_000));

/** Of which specifications something is done. */
export const RunPart = v.picklist(['inputs', 'outputs', 'both']);
export type RunPart = v.InferOutput<typeof RunPart>;

/** A command that is to be run and recorded, as `datalad run` takes it. */
export const runRequest = {
  /** A line for the shell, with DataLad's placeholders in braces. */
  command: Command,
  /** The container it runs in. */
  container: v.optional(ContainerName),
  message: v.optional(v.pipe(v.string(), v.maxLength(100_000), v.regex(/^[^\0]*$/u))),
  inputs: v.optional(Specifications),
  outputs: v.optional(Specifications),
  /** The record names the files that patterns stand for, and not the patterns. */
  expand: v.optional(RunPart),
  /** Nothing is fetched, or unlocked and removed, beforehand. */
  assumeReady: v.optional(RunPart),
  /** Other changes in the dataset do not matter, and only outputs are saved. */
  explicit: v.optional(v.boolean()),
  /** Where the command runs, a folder of the dataset; by default the dataset itself. */
  workingFolder: v.optional(ContentsPath)
};

/** What a plan is asked for, while it is still written: of a command that is to come, the part that is there. */
export const planRequest = {
  ...runRequest,
  command: v.pipe(v.string(), v.maxLength(30_000), v.regex(/^[^\0]*$/u))
};

/** Names of matches that are told. */
export const SHOWN_MATCHES = 3;

/** What an input or output stands for at present. */
export const RunMatch = v.object({
  /** With its own placeholders filled in. */
  pattern: v.string(),
  /** `folders`: only folders on the way are there, as where a subdataset is not installed. */
  found: v.picklist(['files', 'folder', 'folders', 'none']),
  count: v.number(),
  /** The first ones, relative to the folder that the command runs in. */
  names: v.array(v.string())
});
export type RunMatch = v.InferOutput<typeof RunMatch>;

export type RunRequest = v.InferOutput<v.ObjectSchema<typeof runRequest, undefined>>;

/** A run as the arguments of `datalad run`, typed in the folder it works in: with `-d` it would run in the dataset, wherever it is typed. */
export function runArguments({ command, container, message, explicit, ...request }: RunRequest): string[] {
  const { inputs = [], outputs = [], expand, assumeReady } = request;
  return [
    ...(container === undefined ? [] : ['-n', container]),
    ...(message === undefined ? [] : ['-m', message]),
    ...inputs.flatMap(input => ['-i', input]),
    ...outputs.flatMap(output => ['-o', output]),
    ...(expand === undefined ? [] : ['--expand', expand]),
    ...(assumeReady === undefined ? [] : ['--assume-ready', assumeReady]),
    ...(explicit === true ? ['--explicit'] : []),
    ...(command.startsWith('-') ? ['--'] : []),
    command
  ];
}

/** The same as options of DataLad's Python API, called in that folder. */
export function runOptions({ container, message, inputs, outputs, expand, assumeReady, explicit }: RunRequest) {
  return {
    container_name: container,
    message,
    inputs: inputs?.length ? inputs : undefined,
    outputs: outputs?.length ? outputs : undefined,
    expand,
    assume_ready: assumeReady,
    explicit
  };
}
