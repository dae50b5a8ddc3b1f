import * as v from 'valibot';
import { Failure } from './failure';

/** A key of git's configuration: section, perhaps a name in between, and a last word. */
export const SettingKey = v.pipe(
  v.string(),
  v.maxLength(300),
  v.regex(/^[A-Za-z][A-Za-z0-9-]*\.(?:[^\0\n]+\.)?[A-Za-z][A-Za-z0-9-]*$/u)
);

/** Where a setting stands: it travels with the dataset, is for this clone alone, is the user's, or the machine's. */
export const SettingScope = v.picklist(['branch', 'local', 'user', 'machine']);
export type SettingScope = v.InferOutput<typeof SettingScope>;

export const SettingValue = v.object({
  scope: SettingScope,
  /** Without secrets. */
  value: v.string(),
  /** A secret was taken out, so that it cannot be told from another value. */
  hidden: v.optional(v.literal(true)),
  /** It is in effect: nothing nearer says something else. */
  counts: v.boolean()
});
export type SettingValue = v.InferOutput<typeof SettingValue>;

/** All values of one key, in DataLad's order: of those that count the last one is taken where only one can be. */
export const Setting = v.object({
  key: v.string(),
  values: v.array(SettingValue),
  /** By such settings DataLad starts programs, or says where content comes from and goes to. */
  risky: v.optional(v.literal(true))
});
export type Setting = v.InferOutput<typeof Setting>;

export const DatasetSettings = v.object({
  settings: v.array(Setting),
  /** Why the file that travels with the dataset could not be read. */
  broken: v.optional(Failure),
  /** That file differs from what was saved last. */
  unsaved: v.boolean()
});
export type DatasetSettings = v.InferOutput<typeof DatasetSettings>;

/** A setting that DataLad knows, in its own words. */
export const KnownSetting = v.object({ key: v.string(), purpose: v.string(), description: v.optional(v.string()) });
export type KnownSetting = v.InferOutput<typeof KnownSetting>;
