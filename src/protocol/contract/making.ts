import * as v from 'valibot';
import { ArchiveFormat, ArchivePlan, MissingContent } from '../archive';
import { call, job } from '../operation';
import { ContentsPath, isName } from '../paths';
import { Procedure } from '../procedure';
import { inDataset, Text, Word } from './inputs';

/** Datasets that are made, and archives of them and in them. */
export const makingCalls = {
  /** Ways to set up a new dataset, as they are installed on this machine. */
  procedures: call({ input: v.object({}), output: v.array(Procedure) }),
  /** What is in an archive of a dataset that could be unpacked; fails where it could not, or should not. */
  planUnpack: call({ input: v.object({ ...inDataset, archive: ContentsPath }), output: ArchivePlan })
};

export const makingJobs = {
  clone: job({
    input: v.object({
      source: Word,
      path: ContentsPath,
      /** The dataset to register the clone in. */
      asSubdataset: v.optional(ContentsPath)
    }),
    lane: 'commit',
    siblings: false,
    commits: false
  }),
  create: job({
    input: v.object({
      path: ContentsPath,
      procedures: v.optional(v.array(Word)),
      description: v.optional(Text),
      asSubdataset: v.optional(ContentsPath),
      /** Make a folder with files in it a dataset; nothing in it is saved. */
      force: v.optional(v.boolean())
    }),
    lane: 'commit',
    siblings: false,
    commits: true
  }),
  /** A small dataset that ships with the extension, made below `path`; works without a network. */
  createExample: job({ input: v.object({ path: ContentsPath }), lane: 'none', siblings: false, commits: true }),
  /** Writes what is saved in a dataset into one archive `name.format` in the folder `to`; never over what is there. */
  exportArchive: job({
    input: v.object({
      ...inDataset,
      to: ContentsPath,
      /** Without the ending that says of what kind it is. */
      name: v.pipe(Word, v.check(isName, 'not a name')),
      format: ArchiveFormat,
      missing: v.optional(MissingContent)
    }),
    lane: 'none',
    siblings: false,
    commits: false
  }),
  /** Unpacks an annexed archive beside it and saves what was in it; the archive is then a place to get each file from. */
  addArchiveContent: job({
    input: v.object({
      ...inDataset,
      archive: ContentsPath,
      /** Into a folder of the name of the archive. */
      ownFolder: v.optional(v.boolean()),
      /** Without the folders that everything in it lies in. */
      strip: v.optional(v.boolean()),
      /** Write over files that are there. */
      overwrite: v.optional(v.boolean()),
      /** Remove the archive from the folder; the annex keeps its content. */
      remove: v.optional(v.boolean())
    }),
    lane: 'commit',
    siblings: false,
    commits: true
  })
};
