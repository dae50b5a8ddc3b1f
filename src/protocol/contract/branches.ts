import * as v from 'valibot';
import { Branches, LostCommits, RefName, Solution, Unfinished } from '../branches';
import { call, job } from '../operation';
import { CommitId } from '../revision';
import { inDataset, onPaths, Text, Word } from './inputs';

/** Branches and tags, and what git is in the middle of. */
export const branchesCalls = {
  /** Branches and tags, what git is in the middle of, and the files that are in conflict. */
  branches: call({ input: v.object(inDataset), output: Branches, quotes: true }),
  /** The commits that nothing would lead to any more without a branch, or, without one, when the one checked out is left. */
  lostCommits: call({
    input: v.object({ ...inDataset, branch: v.optional(RefName) }),
    output: LostCommits,
    quotes: true
  })
};

export const branchesJobs = {
  /**
   * Checks a branch out. One of a sibling is made here under its own name first. `leave`: the commits that are checked out are on no
   * branch, and may be left.
   */
  switchBranch: job({
    input: v.object({ ...inDataset, branch: RefName, sibling: v.optional(Word), leave: v.optional(v.boolean()) }),
    lane: 'commit',
    siblings: false,
    commits: false
  }),
  /** Makes a branch at a commit, by default what is checked out, and checks it out unless told to `stay`. */
  createBranch: job({
    input: v.object({ ...inDataset, branch: RefName, commit: v.optional(CommitId), stay: v.optional(v.boolean()) }),
    lane: 'commit',
    siblings: false,
    commits: false
  }),
  renameBranch: job({
    input: v.object({ ...inDataset, branch: RefName, name: RefName }),
    lane: 'commit',
    siblings: false,
    commits: false
  }),
  /** Deletes a branch that stands at `commit`; `lose`: also where nothing else leads to its commits. */
  deleteBranch: job({
    input: v.object({ ...inDataset, branch: RefName, commit: CommitId, lose: v.optional(v.boolean()) }),
    lane: 'commit',
    siblings: false,
    commits: false
  }),
  /** Merges a branch, tag or commit into what is checked out. */
  mergeBranch: job({ input: v.object({ ...inDataset, branch: RefName }), lane: 'commit', siblings: false, commits: true }),
  /** Settles files that are in conflict; `overwrite`: also where they were edited since. */
  resolve: job({
    input: v.object({ ...onPaths, take: Solution, overwrite: v.optional(v.boolean()) }),
    lane: 'commit',
    siblings: false,
    commits: false
  }),
  /** Ends what git is in the middle of: does it to its end, or gives it up. */
  conclude: job({
    input: v.object({ ...inDataset, what: Unfinished, how: v.picklist(['continue', 'abort']) }),
    lane: 'commit',
    siblings: false,
    commits: true
  }),
  /** Gives a name to a commit, by default what is checked out; with a message the tag tells who gave it when. */
  createTag: job({
    input: v.object({ ...inDataset, tag: RefName, commit: v.optional(CommitId), message: v.optional(Text) }),
    lane: 'commit',
    siblings: false,
    commits: false
  }),
  /** Deletes a tag that is this object. */
  deleteTag: job({
    input: v.object({ ...inDataset, tag: RefName, object: CommitId }),
    lane: 'commit',
    siblings: false,
    commits: false
  })
};
