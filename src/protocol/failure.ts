import * as v from 'valibot';

/** Every way an expected failure can end; the frontend words and translates them, the server's `message` is the English fallback. */
export const FAILURE_KINDS = [
  'bad-request',
  'outside-root',
  'not-found',
  'not-a-dataset',
  'not-empty',
  'permission-denied',
  'read-only',
  'no-space',
  'no-identity',
  'other-owner',
  'untrusted',
  'tool-missing',
  'tool-too-old',
  /** Docker's service does not run, or the user may not use it. */
  'no-container-service',
  /** There is no container of this name; `parameters.known` names those there are. */
  'no-container',
  /** Git-annex must upgrade the dataset first, and does not do so by itself. */
  'needs-upgrade',
  'locked',
  'merge-in-progress',
  'unsafe-name',
  /** An archive holds what would not stay where it is unpacked. */
  'unsafe-archive',
  'long-name',
  'content-unavailable',
  'last-copy',
  'modified-content',
  'not-annexed',
  /** Nobody can be told to have written lines of this: `why` says what it is, see `dataset/history/readBlame.ts`. */
  'no-lines',
  /** A dataset that is to go holds others. */
  'subdatasets-present',
  /** A run needs subdatasets that are not installed; `parameters.path` is the first of them. */
  'subdatasets-absent',
  /** What is in no commit would be written over. */
  'unsaved-changes',
  /** Something else is at the place where a file is to be written. */
  'in-the-way',
  /** Work needs content, or has brought back files, whose content is not here. */
  'not-here',
  /** Siblings still count on a clone that is to be removed. */
  'still-announced',
  /** It has to stay where it is. */
  'not-movable',
  /** A dataset cannot be treated like a plain folder. */
  'holds-dataset',
  'nothing-saved',
  /** A command that was recorded went well, but did not make what it was to, or changed nothing: `files`, `names`, `recorded`. */
  'empty-handed',
  /** There is no change to discard. */
  'no-change',
  /** What is to be undone was changed again meanwhile. */
  'changed-since',
  /** It cannot be undone; the message says why. */
  'not-undoable',
  /** A sibling has the commit that was to be replaced. */
  'published',
  /** Both sides of a merge changed the same files. */
  'conflicts',
  /** There is such a branch or tag already. */
  'name-taken',
  /** Git takes no such name for a branch or tag. */
  'bad-name',
  /** Nothing would lead to some commits any more. */
  'commits-lost',
  /** The subdatasets in the folder are at other commits than this branch names. */
  'subdatasets-differ',
  'hidden-files',
  /** A sparse checkout keeps the files out of the folder. */
  'left-out',
  'mixed-commit',
  'clone-failed',
  'bad-url',
  /** The server has nothing at an address. */
  'not-at-address',
  /** What came is a web page, where something else was expected. */
  'web-page',
  /** A file was saved, but not where its content comes from. */
  'source-not-noted',
  /** What is at an address is not the content of the file. */
  'other-content',
  /** An address would be kept in a dataset with the secret in it. */
  'secret-in-address',
  'no-remote-access',
  'needs-credential',
  /** A command that was to be recorded ended with an exit code that is not zero, or by a signal. */
  'command-failed',
  /** A recorded run is not repeated; `parameters.obstacle` says why, see `RerunObstacle`. */
  'not-repeatable',
  /** A command, an input or an output has a placeholder that DataLad does not know. */
  'bad-placeholder',
  /** A pattern would be looked for outside of the dataset, through a link. */
  'leads-out',
  /** A table that nothing can be downloaded by: `why` it is, see `operations/urlTables/`, and `flaw` of the first such row. */
  'bad-table',
  /** A notebook that cannot be read, or is none. */
  'bad-notebook',
  /** A notebook names no kernel, or one that is not on this machine. */
  'no-kernel',
  /** A kernel ended while it executed a notebook. */
  'kernel-died',
  /** A notebook could not be executed to its end: mostly an error in the cell that `cell` counts. */
  'cell-failed',
  /** A notebook was changed while it was executed, and stays so: what was executed lies at `aside`. */
  'edited-meanwhile',
  /** What a notebook made could not be written into the dataset: it is kept at `place`; why stands in `detail`. */
  'kept-elsewhere',
  'transfer-busy',
  'worker-died',
  'server-unreachable',
  'timeout',
  'cancelled',
  'interrupted',
  /** What arrived is not what was asked for; it was not kept. */
  'corrupt',
  /** Something in `.git` is damaged; `part` says what. */
  'damaged-repository',
  /** Content that is here is not what it should be. */
  'damaged-content',
  /** There is no checksum that could be compared. */
  'no-checksum',
  /** The other side's certificate is not trusted. */
  'untrusted-certificate',
  'unknown'
] as const;

export const FailureKind = v.picklist(FAILURE_KINDS);
export type FailureKind = v.InferOutput<typeof FailureKind>;

/** An expected failure: a value, never thrown across a border. */
export const Failure = v.object({
  kind: FailureKind,
  /** Plain words: what happened. */
  message: v.string(),
  /** Plain words: what to do about it. */
  hint: v.optional(v.string()),
  /** What the tool printed, without secrets. */
  detail: v.optional(v.string()),
  /** What the wording may name: a path, a tool, a version, an amount. */
  parameters: v.optional(v.record(v.string(), v.union([v.string(), v.number()])))
});
export type Failure = v.InferOutput<typeof Failure>;

/** A failure on its way up inside one process; at a border it becomes its `failure`. */
export class FailureError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = 'FailureError';
  }
}

/** The failure that an error carries; whatever else was thrown is a bug, and is thrown on. */
export function expectedFailure(error: unknown): Failure {
  if (error instanceof FailureError) {
    return error.failure;
  }
  throw error;
}

/** Builds and throws an expected failure. */
export function fail(kind: FailureKind, message: string, more: Omit<Failure, 'kind' | 'message'> = {}): never {
  throw new FailureError({ kind, message, ...more });
}
