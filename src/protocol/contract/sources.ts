import * as v from 'valibot';
import { job } from '../operation';
import { ContentsPath } from '../paths';
import { inDataset, Text, Word } from './inputs';

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
    remote: true,
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
    remote: true,
    commits: false
  }),
  /** Takes an address back as a source, named as `inspect` tells it; refused where nothing else has the content. */
  removeSource: job({
    input: v.object({ ...inDataset, file: ContentsPath, url: Word }),
    lane: 'commit',
    remote: false,
    commits: false
  })
};
