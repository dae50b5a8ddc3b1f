import * as v from 'valibot';
import { RUN_BEGINS, RUN_ENDS, RUN_SUBJECT } from '../../../protocol/run';

/** What a run record holds, uncut. */
export interface IRunData {
  /** A line for a shell, or a list of arguments. */
  readonly cmd: string | readonly string[];
  /** Patterns relative to `pwd`, as Python's `glob` takes them. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly extraInputs: readonly string[];
  /** Relative to the dataset; as it was written, so it may lead out of it: see {@link folderOf}. */
  readonly pwd: string;
  readonly exit?: number;
  readonly dsid?: string;
  readonly chain: readonly string[];
  /** Names of all other fields. */
  readonly other: readonly string[];
}

/** What a message says of a run. */
export type WrittenRecord =
  | { readonly state: 'read'; readonly data: IRunData }
  /** The record lies in a file of this name below `.datalad/runinfo`. */
  | { readonly state: 'sidecar'; readonly name: string }
  | { readonly state: 'not-json' | 'no-command' | 'too-large' | 'unsafe-name' };

/** Characters of a record that are parsed; DataLad's own are rarely longer than a kilobyte, and a list of 10,000 names has 1 MB. */
export const MOST_RECORD = 4 * 1024 * 1024;

const BEGINS = `${RUN_BEGINS}\n`;
const ENDS = `\n${RUN_ENDS}`;
const KNOWN = ['cmd', 'inputs', 'outputs', 'extra_inputs', 'pwd', 'exit', 'dsid', 'chain'];
/** Python writes it in hex digits; whatever it is, it is one name. */
const FILE_NAME = /^(?!\.{1,2}$)[^/\0\n]{1,255}$/u;

const Words = v.fallback(v.nullish(v.array(v.string())), []);
const Data = v.looseObject({
  cmd: v.union([v.string(), v.array(v.string())]),
  inputs: Words,
  outputs: Words,
  extra_inputs: Words,
  pwd: v.fallback(v.nullish(v.string()), undefined),
  exit: v.fallback(v.nullish(v.number()), undefined),
  dsid: v.fallback(v.nullish(v.string()), undefined),
  chain: Words
});

/**
 * The text between the lines that `datalad rerun` looks for; null where a message holds none. DataLad's pattern is
 * `\[DATALAD RUNCMD\] (.*)=== Do not change lines below ===\n(.*)\n\^\^\^ Do not change lines above \^\^\^` from the beginning, so that the
 * last of several such lines count; this takes no longer for any message.
 */
export function recordText(message: string): string | null {
  const end = message.lastIndexOf(ENDS);
  const begin = end < BEGINS.length ? -1 : message.lastIndexOf(BEGINS, end - BEGINS.length);
  return message.startsWith(RUN_SUBJECT) && begin >= RUN_SUBJECT.length ? message.slice(begin + BEGINS.length, end) : null;
}

/** Reads what the message of a commit says of a run; null where it records none. */
export function readMessage(message: string): WrittenRecord | null {
  const text = recordText(message);
  return text === null ? null : readRecord(text, { sidecars: true });
}

/** Reads the text of a record. `sidecars`: it may be the name of the file that holds the record instead. */
export function readRecord(text: string, { sidecars }: { sidecars: boolean }): WrittenRecord {
  if (text.length > MOST_RECORD) {
    return { state: 'too-large' };
  }
  const value = jsonOf(text);
  if (value === undefined) {
    return { state: 'not-json' };
  }
  if (sidecars && typeof value === 'string') {
    return FILE_NAME.test(value) ? { state: 'sidecar', name: value } : { state: 'unsafe-name' };
  }
  const parsed = v.safeParse(Data, value);
  return parsed.success ? { state: 'read', data: dataOf(parsed.output) } : { state: 'no-command' };
}

function dataOf({
  cmd,
  inputs,
  outputs,
  extra_inputs: extra,
  pwd,
  exit,
  dsid,
  chain,
  ...other
}: v.InferOutput<typeof Data>): IRunData {
  return {
    cmd,
    inputs: inputs ?? [],
    outputs: outputs ?? [],
    extraInputs: extra ?? [],
    pwd: pwd ?? '.',
    ...(typeof exit === 'number' ? { exit } : {}),
    ...(typeof dsid === 'string' ? { dsid } : {}),
    chain: chain ?? [],
    other: Object.keys(other).filter(name => !KNOWN.includes(name))
  };
}

/** Undefined where it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A path relative to a folder of the dataset as one relative to its top (empty: the top itself); null where it leads out of the dataset. */
export function placeIn(folder: string, path: string): string | null {
  if (path.startsWith('/')) {
    return null;
  }
  const names: string[] = [];
  for (const name of `${folder}/${path}`.split('/')) {
    if (name === '..') {
      if (names.pop() === undefined) {
        return null;
      }
    } else if (name !== '' && name !== '.') {
      names.push(name);
    }
  }
  return names.join('/');
}

/** The folder that a run worked in, relative to the top; null where it is outside of the dataset. */
export function folderOf({ pwd }: Pick<IRunData, 'pwd'>): string | null {
  return placeIn('', pwd);
}
