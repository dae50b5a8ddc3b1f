import * as v from 'valibot';
import { HiddenListing, Listing, Summary, Totals } from '../dataset';
import { Health } from '../health';
import { Inspected, Origin } from '../inspect';
import { JobReport } from '../job';
import { call } from '../operation';
import { ContentsPath } from '../paths';
import { inDataset } from './inputs';
import { Provenance } from '../provenance';

/** Folders and datasets as they are seen. */
export const viewCalls = {
  /** Which tools were found; also wakes the server. */
  health: call({ input: v.object({}), output: Health }),
  /** The rows of one folder; the folder is watched for the streams that are open. */
  rows: call({
    input: v.object({
      folder: ContentsPath,
      /** Wait until the figures of folders and subdatasets are counted, at most ten seconds. */
      complete: v.optional(v.boolean())
    }),
    output: Listing
  }),
  /** What one path is, without listing its folder: for opening a single file. Null when nothing is there. */
  row: call({ input: v.object({ path: ContentsPath }), output: v.nullable(Listing.entries.rows.item) }),
  /** The dataset around a path, or null. Unsaved changes inside subdatasets are as of two seconds ago at most. */
  dataset: call({
    input: v.object({
      path: ContentsPath,
      /** Wait until subdatasets were looked into anew, at most ten seconds. */
      complete: v.optional(v.boolean())
    }),
    output: v.nullable(Summary)
  }),
  /** Annexed content of the whole dataset so far; starts the count, whose progress is told by `changed` events. */
  totals: call({ input: v.object({ ...inDataset, complete: v.optional(v.boolean()) }), output: Totals }),
  /** What a branch that hides files without content leaves out of one folder; the folder itself need not exist on disk. */
  hidden: call({ input: v.object({ folder: ContentsPath }), output: HiddenListing }),
  /** One file, folder or subdataset, looked at closely; `quotes`, since keys and addresses may hold passwords. */
  inspect: call({ input: v.object({ ...inDataset, path: ContentsPath }), output: Inspected, quotes: true }),
  /** Where a file comes from: the last commit that changed it, and the last run that made it. */
  origin: call({ input: v.object({ ...inDataset, path: ContentsPath }), output: Origin, quotes: true }),
  /** What run records tell was made of what, across installed subdatasets; `path`: only what led to one file. */
  provenance: call({ input: v.object({ ...inDataset, path: v.optional(ContentsPath) }), output: Provenance, quotes: true }),
  /** The same as a JSON-LD document in the terms of W3C PROV-O; names of authors are in it, e-mail addresses only where they are asked for. */
  provDocument: call({
    input: v.object({ ...inDataset, path: v.optional(ContentsPath), emails: v.optional(v.boolean()) }),
    output: v.object({ text: v.string() }),
    quotes: true
  }),
  /** A job with its results and output. */
  job: call({ input: v.object({ id: v.string() }), output: JobReport })
};
