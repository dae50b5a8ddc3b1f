import * as v from 'valibot';
import { ContentsPath } from './paths';

/** At most so many paths are looked into at once: what a person selects, deletes or moves in one go. */
const MAX_LOOKED_INTO = 1_000;

export const LookedInto = v.pipe(v.array(ContentsPath), v.minLength(1), v.maxLength(MAX_LOOKED_INTO));

/** What is at or below a path that a plain delete, move or copy would lose or break. */
export const Holding = v.object({
  path: ContentsPath,
  /** Whether it is the root of a dataset itself. */
  isDataset: v.boolean(),
  /** The repository of a dataset at or below it lies in that of the dataset around: it cannot be taken out of that. */
  absorbed: v.boolean(),
  /** The outermost datasets at or below it, with where each is to be removed: the one that it is registered in, else itself. */
  datasets: v.array(v.object({ dataset: ContentsPath, path: ContentsPath })),
  /** Repositories with annexed content that are no datasets, such as bare ones: nothing checks these. */
  unchecked: v.array(ContentsPath),
  /** Annexed files of the dataset around it, at or below it. */
  annexed: v.number(),
  /** Those of them whose content is not here. */
  absent: v.number(),
  /** False: not everything could be looked at, so that there may be more. */
  complete: v.boolean()
});
export type Holding = v.InferOutput<typeof Holding>;
