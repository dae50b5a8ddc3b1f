import * as v from 'valibot';
import { ContentsPath } from './paths';

/** A lock file of git in a repository: a program holds it, or one that crashed has left it behind. */
export const Lock = v.object({
  dataset: ContentsPath,
  /** Path below the repository's folder: `index.lock`, `annex/index.lock`, `modules/sub/index.lock`. */
  name: v.string(),
  /** Tells this file from another one that stands at its place later. */
  id: v.string(),
  /** Milliseconds since it was made. */
  age: v.number(),
  /** The user whose file it is. */
  owner: v.string(),
  /** Programs that hold it, or work in this repository; null where they cannot be seen: it is another user's. */
  holders: v.nullable(v.array(v.object({ pid: v.number(), program: v.string() }))),
  /** It lies on a network file system: programs of other machines cannot be seen. */
  network: v.boolean(),
  /** No living program is known to hold it, and it is not fresh: a user may have it removed. */
  removable: v.boolean()
});
export type Lock = v.InferOutput<typeof Lock>;
