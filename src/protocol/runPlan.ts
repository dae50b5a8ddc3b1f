import * as v from 'valibot';
import { Amount } from './dataset';
import { RunMatch, type RunPart } from './runRequest';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Where something is wrong in a run that is not begun yet. */
const Place = v.picklist(['command', 'inputs', 'outputs', 'container', 'folder']);

/** What keeps a command from running as it is written. */
export const RunProblem = v.object({
  kind: v.picklist([
    /** A brace that belongs to no placeholder; DataLad takes `{{` and `}}` for single ones. */
    'brace',
    /** A placeholder that DataLad does not know: `text` is what stands in its braces. */
    'unknown',
    /** It may mean something to Python, such as an attribute, or a format that is no plain one; it is not looked at here. */
    'not-understood',
    /** There are not as many inputs or outputs. */
    'beyond',
    /** An input that no file fits, or an image that is not there. */
    'no-match',
    /** It leads out of the dataset. */
    'outside',
    /** A pattern that would be looked for through links that leave the dataset. */
    'links',
    /** There is no such folder to run in. */
    'no-folder',
    /** A subdataset on the way to inputs is not installed: `text` is its name. */
    'not-installed'
  ]),
  place: Place,
  text: v.string()
});
export type RunProblem = v.InferOutput<typeof RunProblem>;

/** A placeholder that the settings define; its value is foreign text where the dataset brought it. */
export const Substitution = v.object({
  name: v.string(),
  value: v.string(),
  /** `dataset`: it came with the files, in `.datalad/config`. */
  from: v.picklist(['dataset', 'settings'])
});
export type Substitution = v.InferOutput<typeof Substitution>;

/** The `python` that the command finds. */
export const FoundPython = v.object({
  path: v.string(),
  /** `3.11` or `3.11.2`, as far as files beside it tell. */
  version: v.optional(v.string()),
  /** It came with the dataset, since PATH leads there. */
  inDataset: v.optional(v.literal(true))
});
export type FoundPython = v.InferOutput<typeof FoundPython>;

/** What a run would do before its command, and the command as the shell gets it. */
export const RunPlan = v.object({
  inputs: v.array(RunMatch),
  outputs: v.array(RunMatch),
  /** There were more files than are looked at: there may be more matches. */
  truncated: v.boolean(),
  /** Content of inputs that is not here, and of what a container needs. */
  toGet: Amount,
  /** Of these, files that no place is known for. */
  unavailable: Count,
  /** Outputs that are unlocked: git-annex makes a copy of each. */
  toUnlock: Amount,
  /** Outputs whose content is not here: DataLad removes them, so that the command can write them. */
  toRemove: Count,
  /** Bytes that still fit on the disk; null where that is not known. */
  free: v.nullable(v.number()),
  /** With its placeholders filled in, `{tmpdir}` as {@link TEMPORARY}; null where that cannot be told. In a container, with what gets it there. */
  command: v.nullable(v.string()),
  substitutions: v.array(Substitution),
  /** Null: there is none. */
  python: v.nullable(FoundPython),
  problems: v.array(RunProblem)
});
export type RunPlan = v.InferOutput<typeof RunPlan>;

/** Stands for the folder that DataLad makes for `{tmpdir}`, whose name nobody knows before. */
export const TEMPORARY = '/tmp/datalad-run-…';

/** Whether nothing is done beforehand for inputs or outputs. */
export function isReady(part: 'inputs' | 'outputs', assumed: RunPart | undefined): boolean {
  return assumed === 'both' || assumed === part;
}
