import * as v from 'valibot';

/** Something that sets up a dataset, as found on this machine; those that datasets bring are foreign code, and none of these. */
export const Procedure = v.object({
  /** As `create -c` takes it: `cfg_` before it is the name of the file. */
  name: v.string(),
  from: v.picklist(['datalad', 'extension', 'user', 'system']),
  /** The package it comes with, or the folder it lies in. */
  origin: v.string(),
  /** The first sentence it says of itself. */
  summary: v.optional(v.string())
});
export type Procedure = v.InferOutput<typeof Procedure>;

/** The name of a procedure as `run-procedure` takes it: that of its file. */
export const ProcedureName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_][\w.+-]{0,127}$/u));

/** A procedure that can be run on a dataset. */
export const RunnableProcedure = v.object({
  name: ProcedureName,
  /** `dataset` and `subdataset`: it came with the files, perhaps from somebody else. */
  from: v.picklist(['dataset', 'subdataset', ...Procedure.entries.from.options]),
  origin: v.string(),
  summary: v.optional(v.string()),
  /** Another one of this name comes before it, so that DataLad never runs it. */
  hidden: v.optional(v.literal(true))
});
export type RunnableProcedure = v.InferOutput<typeof RunnableProcedure>;

/** What a procedure would run. */
export const ProcedureScript = v.object({
  procedure: RunnableProcedure,
  /** Where it lies. */
  file: v.string(),
  /** As a whole; null where it is no text, or too long to be read by anybody. */
  text: v.nullable(v.string()),
  /** The command that a configuration has DataLad start it by, if any: it may start something else. */
  callFormat: v.optional(v.string()),
  /** Says that it is just this: another one is not run. */
  fingerprint: v.string()
});
export type ProcedureScript = v.InferOutput<typeof ProcedureScript>;
