import { createHash } from 'node:crypto';
import * as v from 'valibot';

const Entry = v.object({ mode: v.pipe(v.string(), v.regex(/^\d{6}$/)), oid: v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/)) });
const Name = v.pipe(v.string(), v.minLength(1));

/** One path as it was before it was discarded. Names are as `decodePath` makes them, relative to the dataset. */
export const Kept = v.object({
  path: Name,
  /** What the index had; null where it had nothing. */
  index: v.nullable(Entry),
  /** The index only promised that the file would be added (`git add -N`). */
  intent: v.optional(v.literal(true)),
  /** What the last commit had, which the path was set to; where parts were discarded, what the index was set to. */
  head: v.nullable(Entry),
  /** Where parts were discarded: a hash of what was left in the working tree. */
  left: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  /** The file or link that was in the working tree, under this name on the shelf; null where there was none. */
  work: v.nullable(v.object({ name: v.pipe(v.string(), v.regex(/^\d+$/)), bytes: v.number() }))
});
export type Kept = v.InferOutput<typeof Kept>;

/** What a discard keeps, written before anything is touched. */
export const Manifest = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  created: v.number(),
  /** Which of the work trees of the repository: its folder, relative to the repository's; empty for the first one. */
  workTree: v.string(),
  entries: v.array(Kept),
  /** Folders that were there, those around before those within, with their permissions. */
  folders: v.array(v.object({ path: Name, mode: v.number() }))
});
export type Manifest = v.InferOutput<typeof Manifest>;

/** How a manifest names the content of a file. */
export function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Reads what was written as JSON; null where a write was cut off, or another version wrote it. */
export function parseManifest(text: string): Manifest | null {
  try {
    const parsed = v.safeParse(Manifest, JSON.parse(text));
    return parsed.success && parsed.output.entries.every(({ path }) => isInside(path)) ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Whether a path can only mean something in the dataset. */
function isInside(path: string): boolean {
  return path.split('/').every(name => !['', '.', '..', '.git'].includes(name));
}
