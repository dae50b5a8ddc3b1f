import * as v from 'valibot';
import { call, job } from '../operation';
import { ContentsPath } from '../paths';
import { IfExists, UrlTablePlan } from '../urlTable';
import { inDataset, Text, Word } from './inputs';

/** A table with an address in each row, and how addresses and file names are made of its columns, as `{column}`. */
const table = { ...inDataset, table: ContentsPath };

export const sourcesCalls = {
  /** What would be downloaded by a table. Without formats they are chosen by what stands in the columns. */
  planAddUrls: call({
    input: v.object({
      ...table,
      urlFormat: v.optional(Word),
      fileFormat: v.optional(Word),
      ifExists: v.optional(IfExists)
    }),
    output: UrlTablePlan
  })
};

/** Where files come from. */
export const sourcesJobs = {
  /** Downloads what is at an address to the place of a `file`, and saves it with the address as a source of its content. */
  downloadUrl: job({
    input: v.object({
      ...inDataset,
      url: Word,
      file: ContentsPath,
      message: v.optional(Text),
      /** Write over what is there; what is in no commit never is. */
      overwrite: v.optional(v.boolean()),
      /** Only download: nothing is saved, and no source is noted. */
      noSave: v.optional(v.boolean())
    }),
    lane: 'commit',
    siblings: false,
    commits: true
  }),
  /** Downloads what the rows of a table name, each to a place of its own, and saves what came with its addresses as sources. */
  addUrls: job({
    input: v.object({
      ...table,
      urlFormat: Word,
      fileFormat: Word,
      message: v.optional(Text),
      /** What becomes of a row whose file is there; by default nothing is downloaded at all. */
      ifExists: v.optional(IfExists)
    }),
    lane: 'commit',
    siblings: false,
    commits: true
  }),
  /** Notes an address as a source of an annexed file, once what is there was compared with the file. */
  addSource: job({
    input: v.object({
      ...inDataset,
      file: ContentsPath,
      url: Word,
      /** Compare sizes alone, as git-annex does: nothing is downloaded. */
      sizeOnly: v.optional(v.boolean())
    }),
    lane: 'transfer',
    siblings: false,
    commits: false
  }),
  /** Takes an address back as a source, named as `inspect` tells it; refused where nothing else has the content. */
  removeSource: job({
    input: v.object({ ...inDataset, file: ContentsPath, url: Word }),
    lane: 'commit',
    siblings: false,
    commits: false
  })
};
