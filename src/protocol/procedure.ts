import * as v from 'valibot';

/** Something that DataLad runs to set up a dataset. */
export const Procedure = v.object({
  /** As `run-procedure` takes it; `create -c` takes those that begin with `cfg_`, without that. */
  name: v.string(),
  from: v.picklist(['datalad', 'extension', 'user', 'system', 'dataset']),
  /** The package it comes with, or the folder it lies in; of the dataset's own, relative to it. */
  origin: v.string(),
  /** What will be run; changes with its content. */
  fingerprint: v.string(),
  /** The script itself; absent where it is no text, or a long one. */
  script: v.optional(v.string()),
  /** Of the first words that it, or the settings, say of it. */
  summary: v.optional(v.string()),
  /** How it is started where that is configured. */
  callFormat: v.optional(v.string()),
  /** Another one of this name is run instead. */
  overridden: v.optional(v.literal(true))
});
export type Procedure = v.InferOutput<typeof Procedure>;

/** The name for `create -c`; null of a procedure that is none for it. */
export function configName({ name }: Pick<Procedure, 'name'>): string | null {
  return name.startsWith('cfg_') && name.length > 4 ? name.slice(4) : null;
}
