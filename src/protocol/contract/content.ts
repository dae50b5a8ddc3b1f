import * as v from 'valibot';
import { MOST_FOUND } from '../checkUp';
import { Amount } from '../dataset';
import { Copies, CopiesQuery } from '../inspect';
import { call, job } from '../operation';
import { ContentsPath } from '../paths';
import { inDataset, onPaths, Word } from './inputs';

/** Annexed content: what is here, what comes and what goes. */
export const contentCalls = {
  /** What a get would bring. Follows installed subdatasets when recursive. */
  planGet: call({
    input: v.object({ ...onPaths, recursive: v.optional(v.boolean()) }),
    output: v.object({
      /** Still to come, unique keys. */
      toGet: Amount,
      alreadyHere: Amount,
      /** Where the content is known to be, the place with most files first. */
      sources: v.array(v.object({ name: v.string(), files: v.number() })),
      /** Keys no reachable place is known for. */
      unavailable: v.number(),
      /** Registered subdatasets among or below the paths that are not installed: their size is not known. */
      absentSubdatasets: v.array(ContentsPath),
      /** Bytes free on the file system, less `annex.diskreserve`; null where it cannot be told. */
      free: v.nullable(v.number())
    })
  }),
  /** What a drop would free. */
  planDrop: call({
    input: v.object({ ...onPaths, recursive: v.optional(v.boolean()) }),
    output: v.object({
      /** Content here, unique keys. */
      toDrop: Amount,
      /** Files elsewhere in the dataset with the same content: they become "not here", too. At most 100. */
      shared: v.array(ContentsPath),
      /** Files that a drop will keep, since their content is modified. At most 100. */
      modified: v.array(ContentsPath)
    })
  }),
  /** Where the content of files and folders of one dataset is; what was noted, nobody is asked. */
  copies: call({ input: CopiesQuery, output: Copies })
};

export const contentJobs = {
  get: job({
    input: v.object({
      ...onPaths,
      recursive: v.optional(v.boolean()),
      /** Install subdatasets without content. */
      noData: v.optional(v.boolean()),
      /** Name of the sibling to get from. */
      source: v.optional(Word)
    }),
    lane: 'transfer',
    siblings: true,
    commits: false
  }),
  /** Gets content by its keys: of versions that no file of the folder has any more. */
  getKeys: job({
    input: v.object({ ...inDataset, keys: v.pipe(v.array(Word), v.minLength(1), v.maxLength(MOST_FOUND)) }),
    lane: 'transfer',
    siblings: true,
    commits: false
  }),
  drop: job({
    input: v.object({
      ...onPaths,
      recursive: v.optional(v.boolean()),
      what: v.optional(v.picklist(['filecontent', 'allkeys', 'datasets', 'all']))
    }),
    lane: 'commit',
    siblings: true,
    commits: false
  }),
  /** Drops last copies: only paths that the drop named by `refused` was refused for, for that reason. */
  dropLastCopies: job({
    input: v.object({ ...onPaths, refused: v.string() }),
    lane: 'commit',
    siblings: true,
    commits: false
  }),
  unlock: job({ input: v.object(onPaths), lane: 'commit', siblings: false, commits: false }),
  /** Locks unlocked files again, unless they are modified. */
  lock: job({ input: v.object(onPaths), lane: 'commit', siblings: false, commits: false })
};
