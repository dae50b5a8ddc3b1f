import * as v from 'valibot';

/** Programs that start a command in a container. */
export const RUNTIMES = ['apptainer', 'singularity', 'podman', 'docker', 'bubblewrap', 'proot'] as const;
export const RuntimeName = v.picklist(RUNTIMES);
export type RuntimeName = v.InferOutput<typeof RuntimeName>;

/** What is known of a runtime on this machine after a look at it. */
export const Runtime = v.object({
  name: RuntimeName,
  /** Its program, as it was found on PATH; null where it was not. */
  program: v.nullable(v.string()),
  version: v.optional(v.string()),
  /** How a start of a program that does nothing ended; `untried`: that cannot be tried without an image of one's own. */
  start: v.picklist(['works', 'fails', 'untried']),
  /** Options that it needs to work on this machine. */
  options: v.array(v.string()),
  /** The last that it said where its start failed. */
  said: v.optional(v.string())
});
export type Runtime = v.InferOutput<typeof Runtime>;
