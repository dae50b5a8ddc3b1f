import * as v from 'valibot';
import { Destination, DestinationPaths } from '../destination';
import { Messages } from '../messages';
import { call, job } from '../operation';
import { ContentsPath, ContentsPaths } from '../paths';
import { ChosenParts, DiscardPlan, KeptDiscard, PartsPlan, UndoAnswer, UndoSaveBy } from '../undo';
import { inDataset, onPaths, Text, Word } from './inputs';

/** What has changed: where it goes, who saves it, and how it is taken back. */
export const changesCalls = {
  /** Where a save would put changed files, and why: for those in view, or in batches. Gone ones and datasets are left out. */
  destinations: call({ input: v.object({ ...inDataset, paths: DestinationPaths }), output: v.array(Destination) }),
  /** The messages of the last saves, and what an amended one would replace. */
  messages: call({ input: v.object(inDataset), output: Messages, quotes: true }),
  /** What a discard would take back, for each dataset that holds some of the paths; of a `run` that came to no good end, by its job, what it has changed. */
  planDiscard: call({ input: v.object({ ...onPaths, run: v.optional(Word) }), output: v.array(DiscardPlan) }),
  /** The parts of one changed text; fails with `not-undoable` where it can only be discarded as a whole. */
  planParts: call({ input: v.object({ ...inDataset, path: ContentsPath }), output: PartsPlan }),
  /** What was discarded in a dataset and is kept, the newest first. */
  discarded: call({ input: v.object(inDataset), output: v.array(KeptDiscard) }),
  /** What an undo of a job would do; without one, of the last that can be undone in a dataset. */
  planUndo: call({ input: v.object({ ...inDataset, job: v.optional(Word) }), output: UndoAnswer, quotes: true })
};

export const changesJobs = {
  save: job({
    input: v.object({
      dataset: ContentsPath,
      /** Absent: everything. */
      paths: v.optional(ContentsPaths),
      message: Text,
      recursive: v.optional(v.boolean()),
      toGit: v.optional(v.boolean()),
      amend: v.optional(v.boolean()),
      versionTag: v.optional(Word)
    }),
    lane: 'commit',
    siblings: false,
    commits: true
  }),
  /**
   * Takes back unsaved changes, staged or not, of files and folders of one dataset, or parts of one text; what they were is kept. With a
   * `run`, `paths` is the dataset, and of it only what is still as that run left it when the turn of this job comes.
   */
  discard: job({
    input: v.object({ ...onPaths, parts: v.optional(ChosenParts), run: v.optional(Word) }),
    lane: 'commit',
    siblings: false,
    commits: false
  }),
  /** Brings back what a discard took. */
  undoDiscard: job({ input: v.object({ ...inDataset, discard: Word }), lane: 'commit', siblings: false, commits: false }),
  /** Removes what a discard keeps for good. */
  removeDiscard: job({ input: v.object({ ...inDataset, discard: Word }), lane: 'commit', siblings: false, commits: false }),
  /** Takes back a save of this server, while nothing came after it. */
  undoSave: job({ input: v.object({ ...inDataset, job: Word, by: UndoSaveBy }), lane: 'commit', siblings: false, commits: false })
};
