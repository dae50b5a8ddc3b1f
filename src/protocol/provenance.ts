import * as v from 'valibot';
import { Person } from './history';
import { ContentsPath } from './paths';
import { CommitId } from './revision';

const Place = v.pipe(v.number(), v.integer(), v.minValue(0));
const Places = v.array(Place);

/** What is known of software that a run used: of the image of its container, say. */
export const Software = v.object({
  /** Name of the container whose image lies at this place, as the dataset is set up now. */
  container: v.optional(v.string()),
  /** Where that container came from, without secrets. */
  source: v.optional(v.string()),
  /** Annex key, which holds a checksum. */
  key: v.optional(v.string()),
  /** What an image in a folder calls itself; only where its description is here. */
  tags: v.optional(v.array(v.string())),
  digest: v.optional(v.string())
});
export type Software = v.InferOutput<typeof Software>;

/** One version of a file, or a folder that a run took as a whole. */
export const GraphFile = v.object({
  path: ContentsPath,
  /** `current`: the last save has just this; `earlier`: it has another one at the path; `gone`: it has none. */
  state: v.picklist(['current', 'earlier', 'gone']),
  /** Beginning of the id of this version, where the graph has several of the path. */
  version: v.optional(v.string()),
  folder: v.optional(v.literal(true)),
  /** Of what a run needed beside its inputs. */
  software: v.optional(Software)
});
export type GraphFile = v.InferOutput<typeof GraphFile>;

/** One run. Numbers are places in the list of files. */
export const GraphRun = v.object({
  dataset: ContentsPath,
  commit: CommitId,
  /** What people wrote, cut. */
  title: v.string(),
  /** Absent where the record cannot be read. */
  command: v.optional(v.string()),
  author: Person,
  time: v.nullable(v.number()),
  exit: v.optional(v.number()),
  inputs: Places,
  /** Images of containers, and what else it needed. */
  extra: Places,
  outputs: Places,
  /** Inputs that fit nothing in the commit it began at; outside of the dataset, or in a subdataset that is not here. */
  missing: v.array(v.string()),
  /** What it made is not what would be made today: an input has changed since, or what that was made of. */
  stale: v.optional(v.picklist(['input', 'upstream'])),
  /** Inputs that have changed since. */
  changed: Places,
  /** It changed more files than are told. */
  more: v.optional(v.literal(true))
});
export type GraphRun = v.InferOutput<typeof GraphRun>;

/** What was made of what, as the run records of a dataset and of the subdatasets that are here tell. */
export const Provenance = v.object({
  files: v.array(GraphFile),
  /** Newest first. */
  runs: v.array(GraphRun),
  /** Of the file that was asked about: its place, and the run that made it as it is in the last save. */
  focus: v.nullable(v.object({ file: Place, run: v.nullable(Place) })),
  /** Runs in all; more than are told where there are too many. */
  count: v.number(),
  /** There is more than is looked at: not all inputs are known. */
  cut: v.optional(v.literal(true)),
  /** Subdatasets that are not installed. */
  absent: v.array(ContentsPath)
});
export type Provenance = v.InferOutput<typeof Provenance>;
