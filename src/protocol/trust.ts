import * as v from 'valibot';
import { ContentsPath } from './paths';

/** Whether a dataset whose own settings could run programs was trusted; absent where there are no such settings. */
export const Trust = v.picklist(['untrusted', 'granted']);
export type Trust = v.InferOutput<typeof Trust>;

/**
 * Why a setting is listed: it is none of those that git, git-annex and DataLad write and that are known to run nothing; a program that
 * git or git-annex would start by itself; settings that are read from another file; a program that lies among the files of the dataset
 * where git-annex would find it; files that say which passwords DataLad sends where; a repository or an owner that lets somebody else
 * change all this; what could not be read at all.
 */
export const SETTING_REASONS = ['setting', 'hook', 'include', 'program', 'passwords', 'place', 'owner', 'unreadable'] as const;
export const SettingReason = v.picklist(SETTING_REASONS);
export type SettingReason = v.InferOutput<typeof SettingReason>;

/** One thing that may run a program, for people: without secrets, and at most so long that a dialog can show it. */
export const Setting = v.object({
  reason: SettingReason,
  /** The file it stands in, relative to the dataset where it lies in it. */
  where: v.string(),
  /** The key as git writes it, or the name of the hook, program, owner or folder. */
  key: v.string(),
  /** Empty where the key says all. */
  value: v.string()
});
export type Setting = v.InferOutput<typeof Setting>;

/** One dataset, or one local sibling of a dataset, with settings of its own that could run programs. */
export const TrustItem = v.object({
  /** Names it in a `trust` job. */
  id: v.string(),
  relation: v.picklist(['dataset', 'subdataset', 'sibling']),
  /** A contents path, or an absolute one for a sibling outside the contents root. */
  name: v.string(),
  trust: Trust,
  /** Changes with everything that `settings` tells; a `trust` job must name the one that was shown. */
  fingerprint: v.string(),
  settings: v.array(Setting),
  /** How many settings more there are than were listed. */
  more: v.pipe(v.number(), v.integer(), v.minValue(0))
});
export type TrustItem = v.InferOutput<typeof TrustItem>;

/** What the question for trust is about: the dataset, the subdatasets installed below it and their siblings on this machine. */
export const TrustQuestion = v.object({
  dataset: ContentsPath,
  items: v.array(TrustItem),
  /** More subdatasets exist than were looked at. */
  truncated: v.boolean()
});
export type TrustQuestion = v.InferOutput<typeof TrustQuestion>;
