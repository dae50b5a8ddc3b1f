import * as v from 'valibot';
import { call, job } from '../operation';
import { ContentsPath } from '../paths';
import { ProcedureName, ProcedureScript, RunnableProcedure } from '../procedure';
import { MAX_RERUNS, RerunPlan, rerunRange } from '../rerun';
import { CommitId } from '../revision';
import { RunPlan } from '../runPlan';
import { planRequest, runRequest } from '../runRequest';
import { inDataset, Word } from './inputs';

/** Programs that are run on a dataset. */
export const runningCalls = {
  /** What a run would do before its command, and the command as the shell gets it; nothing outside the dataset is looked at. */
  planRun: call({ input: v.object({ ...inDataset, ...planRequest }), output: RunPlan, quotes: true }),
  /** The runs that a rerun would repeat: their whole records are looked at first. */
  planRerun: call({
    input: v.object({
      ...inDataset,
      ...rerunRange,
      /** In a throw-away clone, each in the commit that it was recorded on. */
      verify: v.optional(v.boolean())
    }),
    output: RerunPlan,
    quotes: true
  }),
  /** Procedures that can be run on a dataset, in DataLad's order: also its own and those of its subdatasets. */
  runnable: call({ input: v.object(inDataset), output: v.array(RunnableProcedure) }),
  /** What a procedure would run. */
  procedureScript: call({ input: v.object({ ...inDataset, procedure: ProcedureName }), output: ProcedureScript })
};

export const runningJobs = {
  /** Runs a command in a dataset and saves what it changed, with a record of how that was made. */
  run: job({
    input: v.object({
      ...inDataset,
      ...runRequest,
      /** With a container: says that it is the one that was shown, see `containerCode`. */
      fingerprint: v.optional(Word)
    }),
    lane: 'commit',
    siblings: true,
    commits: true
  }),
  /** Saves what a run that failed has changed, with its record; `run` is its job. */
  saveRun: job({ input: v.object({ ...inDataset, run: Word }), lane: 'commit', siblings: false, commits: true }),
  /** Repeats recorded runs: `runs` are those that were shown, the oldest first, and no others. */
  rerun: job({
    input: v.object({
      ...inDataset,
      ...rerunRange,
      runs: v.pipe(v.array(CommitId), v.minLength(1), v.maxLength(MAX_RERUNS))
    }),
    lane: 'commit',
    siblings: true,
    commits: true
  }),
  /** Repeats recorded runs in a throw-away clone, and tells of each file whether it came out the same; nothing changes in the dataset. */
  verifyRuns: job({
    input: v.object({
      ...inDataset,
      ...rerunRange,
      runs: v.pipe(v.array(CommitId), v.minLength(1), v.maxLength(MAX_RERUNS)),
      /** What they need and is not here is got into the clone; without that the job fails where there is any. */
      get: v.optional(v.boolean())
    }),
    lane: 'none',
    siblings: true,
    commits: false
  }),
  /** Writes the report of a verification, `job`, into a new file. */
  keepReport: job({
    input: v.object({ ...inDataset, job: Word, file: ContentsPath }),
    lane: 'none',
    siblings: false,
    commits: false
  }),
  /** Runs a procedure on a dataset: only the one that was shown, by its `fingerprint`. */
  runProcedure: job({
    input: v.object({ ...inDataset, procedure: ProcedureName, fingerprint: Word }),
    lane: 'commit',
    siblings: false,
    commits: true
  })
};
