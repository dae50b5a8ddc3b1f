import type { RunFacts } from '../../../protocol/run';
import { folderOf, type IRunData } from './parseRecord';

/** Longer ones say no more to a reader. */
const LONGEST = 10_000;
const MANY = 100;

/** What a record holds, for people. */
export function factsOf(data: IRunData): RunFacts {
  const { cmd, inputs, outputs, extraInputs, pwd, exit, dsid, chain, other } = data;
  const folder = folderOf(data);
  return {
    command: cut(commandOf(cmd)),
    ...(typeof cmd === 'string' ? {} : { list: true as const }),
    inputs: some(inputs),
    outputs: some(outputs),
    extraInputs: some(extraInputs),
    ...(folder === '' ? {} : { folder: cut(folder ?? pwd) }),
    ...(folder === null ? { outside: true as const } : {}),
    ...(exit === undefined ? {} : { exit }),
    ...(dsid === undefined ? {} : { dsid: cut(dsid) }),
    chain: some(chain),
    other: some(other)
  };
}

/** A command as one line of a shell. */
export function commandOf(cmd: IRunData['cmd']): string {
  return typeof cmd === 'string' ? cmd : cmd.map(quoted).join(' ');
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
