import * as v from 'valibot';

/** One tool the server needs, as it was found. */
export const Tool = v.object({
  name: v.picklist(['git', 'git-annex', 'datalad', 'datalad-next', 'datalad-container', 'datalad-osf']),
  /** Null when it was not found. */
  version: v.nullable(v.string()),
  /** The oldest version that will do. */
  required: v.string(),
  status: v.picklist(['ok', 'missing', 'too-old'])
});
export type Tool = v.InferOutput<typeof Tool>;

export const Health = v.object({
  /** Version of this extension. */
  version: v.string(),
  node: v.string(),
  tools: v.array(Tool),
  /** The contents root is a folder of this machine; false for other contents managers: then everything stays silent. */
  available: v.boolean()
});
export type Health = v.InferOutput<typeof Health>;
