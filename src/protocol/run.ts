import * as v from 'valibot';
import { ContentsPath } from './paths';

const Text = v.string();

/** What a run record says, for people: long texts and lists are cut. */
export const RunFacts = v.object({
  /** As it was written, with its placeholders; of a list of arguments, as a shell would be told it. */
  command: Text,
  /** It was a list of arguments: no shell took part. */
  list: v.optional(v.literal(true)),
  /** Names or patterns, relative to the folder that it ran in. */
  inputs: v.array(Text),
  outputs: v.array(Text),
  /** What it needed beside its inputs, and what is no part of its placeholders: the image of a container. */
  extraInputs: v.array(Text),
  /** Where it ran, relative to the dataset; absent: at its top. */
  folder: v.optional(Text),
  /** That folder is outside of the dataset. */
  outside: v.optional(v.literal(true)),
  exit: v.optional(v.number()),
  /** The id of the dataset that it was run in: another one where outputs in a subdataset were saved with it. */
  dsid: v.optional(Text),
  /** Commits of the runs that this one repeats, the first one first. */
  chain: v.array(Text),
  /** Names of fields that DataLad does not write; it looks at none of them. */
  other: v.array(Text)
});
export type RunFacts = v.InferOutput<typeof RunFacts>;

/** The record of a run: what it says, or why that cannot be told. */
export const RunRecord = v.variant('state', [
  v.object({
    state: v.literal('read'),
    facts: RunFacts,
    /** The file below `.datalad/runinfo` that it was read from; absent: it stands in the message. */
    file: v.optional(ContentsPath),
    /** Of such a file: all of its text, or its beginning. */
    text: v.optional(Text)
  }),
  /** It lies in a file whose content is not here: a get of that file brings it. */
  v.object({ state: v.literal('not-here'), file: ContentsPath }),
  /** It lies in a file that the commit does not have. */
  v.object({ state: v.literal('lost'), file: ContentsPath }),
  /** `unsafe-name`: the name of its file is none of a file in that folder. */
  v.object({ state: v.picklist(['not-json', 'no-command', 'too-large', 'unsafe-name']), file: v.optional(ContentsPath) })
]);
export type RunRecord = v.InferOutput<typeof RunRecord>;

/** What the subject of a run commit begins with. */
export const RUN_SUBJECT = '[DATALAD RUNCMD] ';
/** Where the record begins in the message of a commit, on a line of its own; what stands before it was written for people. */
export const RUN_BEGINS = '=== Do not change lines below ===';
/** And where it ends. */
export const RUN_ENDS = '^^^ Do not change lines above ^^^';
