import * as v from 'valibot';
import { AbsentFile, Execution, MAX_NAMES, MAX_PLANNED, NotebookPlan, notebookRequest, Specifications } from '../notebookRun';
import { call, job } from '../operation';
import { ContentsPath } from '../paths';
import { inDataset, Text, Word } from './inputs';

/** Notebooks that are executed to be recorded. */
export const notebooksCalls = {
  /**
   * A notebook as far as its execution is concerned, with the files of the dataset that its source names. `text`: its JSON, where it is not
   * written yet.
   */
  planNotebook: call({
    input: v.object({ ...inDataset, path: ContentsPath, text: v.optional(v.pipe(v.string(), v.maxLength(MAX_PLANNED))) }),
    output: NotebookPlan
  }),
  /** What was seen of an execution, by its job; null where nothing is known of it, or it was recorded. */
  execution: call({ input: v.object({ job: Word }), output: v.nullable(Execution), quotes: true }),
  /**
   * Which of these names, as the cells of a notebook or its errors have them, are annexed files whose content is not here. A relative one is
   * looked for beside the notebook, else in the folders above it up to that of the dataset; the first one that is there counts.
   */
  absentFiles: call({
    input: v.object({
      ...inDataset,
      path: ContentsPath,
      names: v.pipe(v.array(v.pipe(v.string(), v.maxLength(4_096))), v.maxLength(MAX_NAMES))
    }),
    output: v.array(AbsentFile)
  })
};

export const notebooksJobs = {
  /** Executes a notebook in a fresh kernel after its inputs were fetched, and looks at what it reads and writes; saves nothing. */
  runNotebook: job({ input: v.object({ ...inDataset, ...notebookRequest }), lane: 'commit', siblings: true, commits: false }),
  /** Saves what an execution wrote with a record of it: the one that a job made, and only if nothing came in between. */
  recordNotebook: job({
    input: v.object({ ...inDataset, execution: Word, message: Text, inputs: Specifications, outputs: Specifications }),
    lane: 'commit',
    siblings: false,
    commits: true
  })
};
