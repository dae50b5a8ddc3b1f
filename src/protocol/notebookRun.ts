import * as v from 'valibot';
import { ContentsPath } from './paths';

/** A path or a pattern, relative to the dataset, as DataLad's run records have it. */
const Specification = v.pipe(v.string(), v.maxLength(4_096), v.regex(/\S/u), v.regex(/^[^\0\r\n]*$/u));
export const Specifications = v.pipe(v.array(Specification), v.maxLength(1_000));

/** What papermill may be told: the name of a variable and its value. */
const Parameters = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^[\p{L}_][\p{L}\p{N}_.]*$/u)), v.union([v.string(), v.number(), v.boolean()])),
  v.check(given => Object.keys(given).length <= 100, 'too many parameters')
);
export type NotebookParameters = v.InferOutput<typeof Parameters>;

/** A notebook that is to be executed, from top to bottom in a fresh kernel, so that it can be recorded. */
export const notebookRequest = {
  /** Contents path of the notebook. */
  path: ContentsPath,
  inputs: v.optional(Specifications),
  outputs: v.optional(Specifications),
  /** Executed by papermill then, which writes them into a cell of their own. */
  parameters: v.optional(Parameters)
};

/** A file that a run record could name. */
export const RunFile = v.object({
  /** Relative to the dataset, as a pattern that matches this file alone. */
  pattern: v.string(),
  /** Where it is known from: the kernel opened it, it has changed, the source names it, or somebody said so. */
  from: v.picklist(['opened', 'changed', 'source', 'given']),
  /** `false`: annexed, and its content is not here. */
  here: v.optional(v.boolean()),
  bytes: v.optional(v.number()),
  /** Of an input: it had changes that are not saved when it was read. A rerun elsewhere gets what is saved. */
  unsaved: v.optional(v.boolean()),
  /** Of an output that was given: there is nothing that it stands for. */
  missing: v.optional(v.boolean()),
  /** It is gone: a record of this kind cannot say so. */
  deleted: v.optional(v.boolean())
});
export type RunFile = v.InferOutput<typeof RunFile>;

/** A notebook as far as its execution is concerned. */
export const NotebookPlan = v.object({
  /** The kernel it names; null where it names none, so that it cannot be executed. */
  kernel: v.nullable(v.object({ name: v.string(), language: v.string() })),
  /** Cells of code that are not empty. */
  cells: v.number(),
  /** Assignments of the cell with the tag `parameters`, with their text. */
  parameters: v.array(v.object({ name: v.string(), value: v.string() })),
  /** Whether there is a papermill on this machine, which parameters need. */
  papermill: v.boolean(),
  /** Files that the source names. */
  inputs: v.array(RunFile),
  outputs: v.array(RunFile),
  /** The command that would be executed and recorded. */
  command: v.string()
});
export type NotebookPlan = v.InferOutput<typeof NotebookPlan>;

/** What was seen of an execution; nothing of it is recorded before somebody said so. */
export const Execution = v.object({
  path: ContentsPath,
  command: v.string(),
  /** Absent where it went well. */
  failed: v.optional(
    v.object({
      /** The cell of code that failed, counted from 1; absent where it was not a cell. */
      cell: v.optional(v.number()),
      /** The end of what was printed. */
      text: v.string(),
      /** Annexed files that it wanted to read and whose content is not here. */
      absent: v.array(RunFile),
      /** No cell failed, but the notebook was changed meanwhile, and stays so: where what was executed lies, relative to the dataset. */
      aside: v.optional(v.string()),
      /** No cell failed, but what was executed could not be written into the dataset: where it is kept, an absolute path. */
      kept: v.optional(v.string())
    })
  ),
  inputs: v.array(RunFile),
  outputs: v.array(RunFile),
  /**
   * What a record cannot cover: files elsewhere that it read (of many, the folders that they lie in, which end in `/`), files of the dataset
   * that it read and that are not saved, be it since git ignores them, programs that it started, machines that it asked.
   */
  uncovered: v.object({
    unsaved: v.array(v.string()),
    files: v.array(v.string()),
    programs: v.array(v.string()),
    hosts: v.array(v.string())
  }),
  /** Whether the kernel told what it opened; only Python's do. */
  observed: v.boolean()
});
export type Execution = v.InferOutput<typeof Execution>;

/** Of a notebook that is not written yet, no longer text is looked at. */
export const MAX_PLANNED = 500_000;

/** More names are not looked up at once. */
export const MAX_NAMES = 300;

/** An annexed file whose content is not here. */
export const AbsentFile = v.object({
  /** As it was asked about. */
  name: v.string(),
  path: ContentsPath,
  /** Of the content; absent where the key does not say. */
  bytes: v.optional(v.number()),
  /** An unlocked file: who opens it reads a pointer, and not that there is no such file. */
  unlocked: v.optional(v.literal(true))
});
export type AbsentFile = v.InferOutput<typeof AbsentFile>;
