import * as v from 'valibot';
import { Check, CheckUpAnswer, MOST_FOUND } from '../checkUp';
import { Lock } from '../lock';
import { call, job } from '../operation';
import { inDataset, onPaths, Text, Word } from './inputs';

/** What is wrong in a dataset, or was left behind. */
export const upkeepCalls = {
  /** One look for what is wrong in a dataset, or may once be; they take longer than other reads, and can be given up. */
  checkUp: call({ input: v.object({ ...inDataset, check: Check }), output: CheckUpAnswer, quotes: true }),
  /** Lock files of git in a dataset, where asked for in the subdatasets that are installed below it, too. */
  locks: call({ input: v.object({ ...inDataset, recursive: v.optional(v.boolean()) }), output: v.array(Lock) })
};

export const upkeepJobs = {
  /** Compares what is here with what is noted to be here, and mends the notes; content itself is read only where asked for. */
  fsck: job({
    input: v.object({ ...onPaths, recursive: v.optional(v.boolean()), content: v.optional(v.boolean()) }),
    lane: 'commit',
    siblings: true,
    commits: false
  }),
  /** Computes the checksum of annexed files that are here and compares it with their keys; nothing is moved or changed. */
  verify: job({
    input: v.object({
      ...onPaths,
      /** Of one file, as it was shown: fails where the file has another key by now. */
      key: v.optional(Text)
    }),
    lane: 'none',
    siblings: false,
    commits: false
  }),
  /** Drops content that no branch or tag names, by its keys; git-annex looks for enough copies elsewhere. */
  dropOld: job({
    input: v.object({ ...inDataset, keys: v.pipe(v.array(Word), v.minLength(1), v.maxLength(MOST_FOUND)) }),
    lane: 'commit',
    siblings: true,
    commits: false
  }),
  /** Removes what broken transfers have left; a get that runs is waited for. */
  clean: job({ input: v.object(inDataset), lane: 'transfer', siblings: false, commits: false }),
  /** Removes a lock that a program left behind: the one that `locks` told of, and only while nobody holds it. */
  removeLock: job({ input: v.object({ ...inDataset, name: Word, id: Word }), lane: 'commit', siblings: false, commits: false }),
  /** Deletes what a clone or create that was interrupted has left, and only if there is nothing else in it. */
  removeLeftover: job({ input: v.object({ job: Word }), lane: 'none', siblings: false, commits: false })
};
