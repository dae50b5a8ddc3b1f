import * as v from 'valibot';
import { CommitId } from './revision';

/** What is useful to know when a save is described: what was said before, and what an amended save would replace. */
export const Messages = v.object({
  /** Messages of this branch that people wrote, the newest first, each once. */
  recent: v.array(v.string()),
  /** The commit an amended save replaces; null before the first one. */
  last: v.nullable(
    v.object({
      commit: CommitId,
      message: v.string(),
      author: v.string(),
      /** Siblings that have it already, as of the last fetch or push: it must not be replaced any more. */
      published: v.array(v.string())
    })
  ),
  /** What git's `commit.template` holds, without its comments; absent where there is none. */
  template: v.optional(v.string())
});
export type Messages = v.InferOutput<typeof Messages>;

/** What DataLad writes itself begins so; the record of a run is below such a line. */
const AUTOMATIC = /^\[DATALAD\b/u;
const RUN_RECORD = /^=== Do not change lines below ===$/mu;

/** Whether DataLad wrote a message, and nobody would want to write it again. */
export function isAutomatic(message: string): boolean {
  return AUTOMATIC.test(message) || isRunRecord(message);
}

/** Whether a message holds the record of a run, which another message would lose. */
export function isRunRecord(message: string): boolean {
  return RUN_RECORD.test(message);
}
