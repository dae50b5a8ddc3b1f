import * as v from 'valibot';
import { Holding, LookedInto } from '../holding';
import { call, job } from '../operation';
import { onPaths, placing, Word } from './inputs';

/** Datasets in the folders that are copied may be left where they are: who moves the folders moves those as a whole. */
const copied = { ...placing, leave: v.optional(onPaths.paths) };

/** Files and folders as JupyterLab moves, copies and deletes them. */
export const filesCalls = {
  /** What is at or below paths that a plain delete, move or copy would lose or break. */
  holdings: call({ input: v.object({ paths: LookedInto }), output: v.array(Holding) })
};

export const filesJobs = {
  /** Removes datasets, folders and files as `datalad remove` does, after its checks; what is registered goes in a commit. */
  remove: job({ input: v.object(onPaths), lane: 'commit', siblings: true, commits: true }),
  /** Removes what the removal named by `refused` was refused for, and for that reason alone. */
  removeRefused: job({ input: v.object({ ...onPaths, refused: Word }), lane: 'commit', siblings: true, commits: true }),
  /** Deletes locked annexed files of the last save from the folder; nothing is saved, and the content stays. */
  deleteFiles: job({ input: v.object(onPaths), lane: 'commit', siblings: false, commits: false }),
  /**
   * Deletes what was copied to another place, where each of `copies` is that of the path of the same number: after a comparison of all
   * content, and all or nothing. Nothing is saved.
   */
  deleteCopied: job({ input: v.object({ ...onPaths, copies: onPaths.paths }), lane: 'commit', siblings: false, commits: false }),
  /** Moves or renames within one dataset, links and registration included; nothing is saved. */
  move: job({ input: v.object(placing), lane: 'commit', siblings: false, commits: false }),
  /** Copies into a folder of the dataset; what comes from elsewhere, by `datalad copy-file`, is saved. */
  copyFile: job({ input: v.object(copied), lane: 'commit', siblings: false, commits: true }),
  /** Copies out of the dataset into a folder that is in none: annexed files become ordinary ones. */
  copyOut: job({ input: v.object(copied), lane: 'commit', siblings: false, commits: false })
};
