import * as v from 'valibot';
import { Blame } from '../blame';
import { AskedSide, Differences, Hunks, SideContent } from '../compare';
import { CommitDetails, HistoryPage, HistoryQuery, MAX_COMMITS } from '../history';
import { call, job } from '../operation';
import { ContentsPath } from '../paths';
import { CommitId } from '../revision';
import { inDataset, onPaths } from './inputs';

/** What was saved, and what differs. */
export const historyCalls = {
  /** A page of the history of a dataset, of a folder, or of one file. */
  history: call({ input: HistoryQuery, output: HistoryPage, quotes: true }),
  /** One commit with the files it changed against its first parent, or against the one named. */
  commit: call({
    input: v.object({ ...inDataset, commit: CommitId, parent: v.optional(CommitId) }),
    output: CommitDetails,
    quotes: true
  }),
  /** What a list of commits is marked with, and takes longer to tell than the list: those that touch a subdataset. */
  historyMarks: call({
    input: v.object({ ...inDataset, commits: v.pipe(v.array(CommitId), v.minLength(1), v.maxLength(MAX_COMMITS)) }),
    output: v.object({ subdatasets: v.array(CommitId) })
  }),
  /** Who changed each line of a text that is kept in Git last, as it is now or as a commit has it; fails with `no-lines` of anything else. */
  blame: call({
    input: v.object({ ...inDataset, path: ContentsPath, commit: v.optional(CommitId) }),
    output: Blame,
    quotes: true
  }),
  /** The files in which two sides of a dataset differ, or of what is below one path; at most {@link MAX_DIFFERENCES}. */
  differences: call({
    input: v.object({ ...inDataset, path: v.optional(ContentsPath), from: AskedSide, to: AskedSide }),
    output: Differences,
    quotes: true
  }),
  /** One file on one side, for display. `most`: bytes of text; `asText`: an image that is text, as SVG is, as such. */
  content: call({
    input: v.object({
      ...inDataset,
      path: ContentsPath,
      side: AskedSide,
      most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      asText: v.optional(v.boolean())
    }),
    output: SideContent
  }),
  /** What changed in a text that is too large to be shown as a whole. */
  hunks: call({
    input: v.object({
      ...inDataset,
      path: ContentsPath,
      /** Where it is on the first side, if elsewhere. */
      oldPath: v.optional(ContentsPath),
      from: AskedSide,
      to: AskedSide,
      ignoreSpace: v.optional(v.boolean())
    }),
    output: Hunks
  })
};

export const historyJobs = {
  /** Brings files and folders back as they were in a commit; changes of theirs that are in no commit are never overwritten. */
  restore: job({ input: v.object({ ...onPaths, commit: CommitId }), lane: 'commit', siblings: false, commits: false })
};
