import * as v from 'valibot';

const Text = v.string();

/** The command of a run record as it was written; lists are cut. */
export const RunFacts = v.object({
  command: Text,
  inputs: v.array(Text),
  outputs: v.array(Text),
  /** Relative to the dataset. */
  folder: v.optional(Text),
  exit: v.optional(v.number())
});
export type RunFacts = v.InferOutput<typeof RunFacts>;

/** Where the record begins in the message of a commit; what stands before it was written for people. */
export const RUN_BEGINS = '=== Do not change lines below ===';
