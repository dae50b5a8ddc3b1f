import * as v from 'valibot';
import type { RunFacts } from '../../../protocol/run';

/** As `datalad rerun` finds it. */
const RECORD = /\[DATALAD RUNCMD\] .*=== Do not change lines below ===\n(.*)\n\^\^\^ Do not change lines above \^\^\^/su;
/** Longer ones say no more to a reader. */
const LONGEST = 10_000;
const MANY = 100;

const Words = v.union([v.string(), v.array(v.string())]);
const Record = v.looseObject({
  cmd: Words,
  inputs: v.fallback(v.optional(v.nullable(v.array(v.string()))), []),
  outputs: v.fallback(v.optional(v.nullable(v.array(v.string()))), []),
  extra_inputs: v.fallback(v.optional(v.nullable(v.array(v.string()))), []),
  pwd: v.fallback(v.optional(v.string()), undefined),
  exit: v.fallback(v.optional(v.nullable(v.number())), undefined)
});

/** What the message of a run commit says of the run; null where the record lies in a file of its own, or is none. */
export function parseRun(message: string): RunFacts | null {
  const [, text] = RECORD.exec(message) ?? [];
  const parsed = v.safeParse(Record, text === undefined ? null : jsonOf(text));
  if (!parsed.success) {
    return null;
  }
  const { cmd, inputs, outputs, extra_inputs: extra, pwd, exit } = parsed.output;
  return {
    command: cut(typeof cmd === 'string' ? cmd : cmd.map(quoted).join(' ')),
    inputs: some([...(inputs ?? []), ...(extra ?? [])]),
    outputs: some(outputs ?? []),
    ...(pwd === undefined || pwd === '.' ? {} : { folder: cut(pwd) }),
    ...(typeof exit === 'number' ? { exit } : {})
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function some(names: readonly string[]): string[] {
  return names.slice(0, MANY).map(cut);
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
