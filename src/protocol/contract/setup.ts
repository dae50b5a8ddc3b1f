import * as v from 'valibot';
import { CommandHelp, HelpSubject } from '../help';
import { Person } from '../identity';
import { call, job } from '../operation';
import { ContentsPath } from '../paths';
import { DatasetSettings, KnownSetting, SettingKey } from '../settings';
import { ExtensionName, Setup } from '../setup';
import { TrustQuestion } from '../trust';
import { inDataset, Text, Word } from './inputs';

/** Settings, trust, and who works with what on this machine. */
export const setupCalls = {
  /**
   * Who commits are made by in a dataset, or would be in one that is made at this place, and what the hub suggests; `dataset`: the one
   * whose configuration was asked, null where only the user's own counts.
   */
  identity: call({
    input: v.object({ dataset: v.nullable(ContentsPath) }),
    output: v.object({ ...Person.entries, suggestedName: v.string(), dataset: v.nullable(ContentsPath) })
  }),
  /** What the settings of a dataset, of the subdatasets installed below it and of their siblings on this machine could run. */
  trust: call({ input: v.object(inDataset), output: TrustQuestion }),
  /** What is set for a dataset: in its own `.datalad/config`, and by git's files. */
  settings: call({ input: v.object(inDataset), output: DatasetSettings }),
  /** The settings that DataLad knows. It is asked once by each server, in no dataset, which takes a second. */
  knownSettings: call({ input: v.object({}), output: v.array(KnownSetting) }),
  /** What a command that our lines name says of itself. It is asked once for each by each server, in no dataset. */
  help: call({ input: v.object({ subject: HelpSubject }), output: CommandHelp }),
  /** With what DataLad works on this machine, and who it works for; `dataset`: whose identity is asked for, too. */
  setup: call({ input: v.object({ dataset: v.nullable(ContentsPath) }), output: Setup })
};

export const setupJobs = {
  /** Trusts what a `trust` call showed, each by its id; fails with `untrusted` where something else is found by now. */
  trust: job({
    input: v.object({ ...inDataset, items: v.pipe(v.array(v.object({ id: Word, fingerprint: Word })), v.minLength(1)) }),
    lane: 'none',
    siblings: false,
    commits: false
  }),
  /** Takes back the trust in a dataset and in its siblings on this machine. */
  untrust: job({ input: v.object(inDataset), lane: 'none', siblings: false, commits: false }),
  /** Adds `value` to a setting, puts it in the place of `old`, or removes `old`, or all values; saves nothing. */
  configure: job({
    input: v.object({
      ...inDataset,
      scope: v.picklist(['branch', 'local']),
      key: SettingKey,
      value: v.optional(Text),
      old: v.optional(Text)
    }),
    lane: 'commit',
    siblings: false,
    commits: false
  }),
  /** What DataLad knows about itself and this machine: a record for each section, whose `type` is its name and `message` its text. */
  wtf: job({ input: v.object({}), lane: 'none', siblings: false, commits: false }),
  /** Has DataLad load an extension by itself, or no longer, by the user's git configuration. */
  setExtension: job({
    input: v.object({ name: ExtensionName, on: v.boolean() }),
    lane: 'none',
    siblings: false,
    commits: false
  }),
  /** Sets who commits are made by, for this user, or for one dataset. */
  setIdentity: job({
    input: v.object({ name: Word, email: Word, dataset: v.nullable(ContentsPath) }),
    lane: 'none',
    siblings: false,
    commits: false
  })
};
