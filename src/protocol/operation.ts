import type * as v from 'valibot';

/** Any schema of the contract. */
export type Schema = v.GenericSchema;

/** A short read: `POST call/<name>`, answered at once. It changes nothing and never starts DataLad or git-annex, but for `knownSettings` and `help`. */
export interface ICall<I extends Schema = Schema, O extends Schema = Schema> {
  readonly type: 'call';
  readonly input: I;
  readonly output: O;
  /** The answer tells what people wrote into commits: passwords in addresses are taken out of it on the way. */
  readonly quotes?: true;
}

/**
 * Which queue a job waits in. Jobs of one lane of one top-level dataset run one after the other: `commit` for what changes
 * index or branch, `transfer` for what only moves content, so that a save need not wait for a long get; `none` waits for nothing.
 */
export type Lane = 'commit' | 'transfer' | 'none';

/** Work that lasts: `POST jobs` starts it, events tell of it, `DELETE jobs/:id` cancels it. */
export interface IJob<I extends Schema = Schema> {
  readonly type: 'job';
  readonly input: I;
  readonly lane: Lane;
  /** Works in siblings on this machine, too, or takes content from there: their settings could then run programs as well. */
  readonly siblings: boolean;
  /** Makes a commit, so git must know who makes it. */
  readonly commits: boolean;
}

/** Declares a short read. */
export function call<I extends Schema, O extends Schema>(parts: Omit<ICall<I, O>, 'type'>): ICall<I, O> {
  return { type: 'call', ...parts };
}

/** Declares a job. */
export function job<I extends Schema>(parts: Omit<IJob<I>, 'type'>): IJob<I> {
  return { type: 'job', ...parts };
}
