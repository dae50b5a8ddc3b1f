import * as v from 'valibot';
import { Job } from '../../protocol/job';
import { Owner } from './owner';

/** How things stood before a job began to work. */
export const Before = v.object({
  /** The commit HEAD stood at; null before the first one, absent for jobs that make no commit. */
  head: v.optional(v.nullable(v.string())),
  /** For a folder that is to be made: whether there was an empty one, and the folders around it that were missing, innermost first. */
  target: v.optional(v.object({ existed: v.boolean(), missing: v.array(v.string()) }))
});
export type Before = v.InferOutput<typeof Before>;

/** What the journal holds of a job that has not ended: no output, no answers to questions, no progress. */
export const Entry = v.object({
  version: v.literal(1),
  owner: Owner,
  job: v.pick(Job, ['id', 'operation', 'dataset', 'input', 'command', 'created', 'started']),
  before: Before
});
export type Entry = v.InferOutput<typeof Entry>;

/** More than ten thousand ordinary paths; a larger job is told when it was interrupted, but its input is not kept. */
const MAX_BYTES = 2 * 1024 * 1024;

/** An entry as one line of JSON. */
export function writeEntry(entry: Entry): string {
  const text = JSON.stringify(entry);
  return Buffer.byteLength(text) <= MAX_BYTES
    ? text
    : JSON.stringify({ ...entry, job: { ...entry.job, input: null, command: [] } } satisfies Entry);
}

/** Reads what {@link writeEntry} wrote; null where a write was cut off, or another version wrote it. */
export function readEntry(text: string): Entry | null {
  try {
    const parsed = v.safeParse(Entry, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
