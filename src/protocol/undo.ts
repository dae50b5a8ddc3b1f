import * as v from 'valibot';
import { RefName } from './branches';
import { Hunk } from './compare';
import { Change } from './dataset';
import { Failure } from './failure';
import { ContentsPath } from './paths';
import { CommitId } from './revision';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Why a change is not discarded. */
export const DiscardObstacle = v.picklist([
  /** Another commit of a subdataset is checked out, or it is new: its commits are not thrown away as a change of one line. */
  'subdataset',
  /** A folder that is a repository of its own, and not registered. */
  'repository',
  /** On another file system than `.git`: it could not be kept without copying it. */
  'other-disk'
]);
export type DiscardObstacle = v.InferOutput<typeof DiscardObstacle>;

/** Why one is not, of those that a run has changed: it would take more back than what the run did. */
export const RunObstacle = v.picklist([
  /** There were unsaved changes in the file before the run. */
  'edited-before',
  /** It was changed again after the run. */
  'edited-since'
]);
export type RunObstacle = v.InferOutput<typeof RunObstacle>;

/** What a discard would take back in one dataset, which one job can do. */
export const DiscardPlan = v.object({
  dataset: ContentsPath,
  /** Those that were asked about; of a run, the dataset. */
  paths: v.array(ContentsPath),
  /** Changed files; at most a thousand are listed. */
  files: v.array(v.object({ path: ContentsPath, name: v.string(), change: Change })),
  total: Count,
  /** Size of what is in the working tree now, which is kept. */
  bytes: Count,
  refused: v.array(v.object({ name: v.string(), why: v.union([DiscardObstacle, RunObstacle]) }))
});
export type DiscardPlan = v.InferOutput<typeof DiscardPlan>;

/** The parts in which one text differs from the last save, to choose from. */
export const PartsPlan = v.object({
  dataset: ContentsPath,
  path: ContentsPath,
  name: v.string(),
  /** Says what was looked at: a discard of parts of another text is refused. */
  fingerprint: v.string(),
  /** Each is one part, by its number. */
  hunks: v.array(Hunk),
  /** More parts exist than are listed. */
  truncated: v.boolean()
});
export type PartsPlan = v.InferOutput<typeof PartsPlan>;

/** Parts of one text that are discarded, as a plan numbered them. */
export const ChosenParts = v.object({
  fingerprint: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  numbers: v.pipe(v.array(Count), v.minLength(1), v.maxLength(100_000))
});
export type ChosenParts = v.InferOutput<typeof ChosenParts>;

/** What was discarded, as it is kept. */
export const KeptDiscard = v.object({
  /** The id of the job that discarded it. */
  id: v.string(),
  dataset: ContentsPath,
  /** Milliseconds since 1970. */
  time: v.number(),
  files: Count,
  bytes: Count,
  /** The first names, relative to the dataset, for people. */
  names: v.array(v.string()),
  /** When a later discard will remove it; absent where it is too large to go unasked. */
  until: v.optional(v.number())
});
export type KeptDiscard = v.InferOutput<typeof KeptDiscard>;

/** What can be undone. */
export const UNDOABLE = [
  'save',
  'discard',
  'drop',
  'get',
  'unlock',
  'clone',
  'unpack',
  'download',
  'run',
  'deleteBranch',
  'deleteTag'
] as const;
export const Undoable = v.picklist(UNDOABLE);
export type Undoable = v.InferOutput<typeof Undoable>;

/** How a save is undone: nobody else has it and the branch goes back, or a new commit takes it back, as it always does what was unpacked, or made by a run. */
export const UndoSaveBy = v.picklist(['reset', 'revert']);
export type UndoSaveBy = v.InferOutput<typeof UndoSaveBy>;

const inDataset = { dataset: ContentsPath };
const onPaths = { ...inDataset, paths: v.array(ContentsPath) };

/** The job that undoes something. */
export const UndoAction = v.variant('operation', [
  v.object({ operation: v.literal('undoSave'), input: v.object({ ...inDataset, job: v.string(), by: UndoSaveBy }) }),
  v.object({ operation: v.literal('undoDiscard'), input: v.object({ ...inDataset, discard: v.string() }) }),
  v.object({ operation: v.literal('get'), input: v.object(onPaths) }),
  v.object({
    operation: v.literal('drop'),
    input: v.object({ ...onPaths, what: v.optional(v.literal('all')), recursive: v.optional(v.boolean()) })
  }),
  v.object({ operation: v.literal('remove'), input: v.object(onPaths) }),
  v.object({ operation: v.literal('lock'), input: v.object(onPaths) }),
  v.object({
    operation: v.literal('createBranch'),
    input: v.object({ ...inDataset, branch: RefName, commit: CommitId, stay: v.literal(true) })
  }),
  v.object({ operation: v.literal('createTag'), input: v.object({ ...inDataset, tag: RefName, commit: CommitId }) })
]);
export type UndoAction = v.InferOutput<typeof UndoAction>;

/** What an undo would do. */
export const UndoPlan = v.object({
  kind: Undoable,
  /** The job that is undone. */
  job: v.string(),
  action: UndoAction,
  files: Count,
  /** Of content that comes back or goes; 0 where that is not known. */
  bytes: Count,
  /** The first names, for people. */
  names: v.array(v.string()),
  /** The first line of the message of each save that is undone, by dataset; where several are undone in one, the newest first. */
  saves: v.array(v.object({ dataset: ContentsPath, subject: v.string() }))
});
export type UndoPlan = v.InferOutput<typeof UndoPlan>;

/** The plan; null where nothing can be undone, with the reason where one job was asked for. */
export const UndoAnswer = v.object({ plan: v.nullable(UndoPlan), failure: v.optional(Failure) });
export type UndoAnswer = v.InferOutput<typeof UndoAnswer>;
