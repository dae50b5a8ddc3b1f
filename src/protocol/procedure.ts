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
