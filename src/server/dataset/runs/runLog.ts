import { hash } from 'node:crypto';
import type { Person } from '../../../protocol/history';
import type { CommitId } from '../../../protocol/revision';
import { RUN_SUBJECT } from '../../../protocol/run';
import { FieldSplitter } from '../../git/fieldSplitter';
import type { Repository } from '../repository';
import { MOST_RECORD, readMessage, type WrittenRecord } from './parseRecord';

/** A commit that records a run. */
export interface ILoggedRun {
  readonly commit: CommitId;
  /** Of a command that made commits itself there are two, and the first is where it began; of the first commit none. */
  readonly parents: readonly CommitId[];
  /** What people wrote: the first line, without what DataLad writes before it. */
  readonly title: string;
  readonly author: Person;
  /** Milliseconds; null where the commit names no time. */
  readonly time: number | null;
  readonly record: WrittenRecord;
  /** The same for the commits that one run made in several datasets: each has the whole message. */
  readonly digest: string;
}

/** How two states of a history differ in their runs. */
export interface IRunDelta {
  /** Newest first, children before their parents. */
  readonly came: ILoggedRun[];
  readonly gone: CommitId[];
}

/** Which part of a history: all of it up to a commit, how it differs from another one, or one commit alone. */
export type RunRange = { readonly from: CommitId | null; readonly to: CommitId } | { readonly only: CommitId };

const FORMAT = ['%m', '%H', '%P', '%at', '%an', '%ae', '%B'].join('%n');
const HEAD_LINES = 6;
const LONGEST_TITLE = 200;
/** Bytes of a commit that are kept: characters of a record have up to four each. */
const MOST_COMMIT = MOST_RECORD * 4;

/** The runs of a history, or how those of two histories differ, by one start of git; no message is ever held beside its record. */
export async function readRunLog({ git }: Repository, asked: RunRange, signal?: AbortSignal): Promise<IRunDelta> {
  const delta: IRunDelta = { came: [], gone: [] };
  const splitter = new FieldSplitter(MOST_COMMIT, (bytes, cut) => addTo(delta, bytes.toString('utf8'), cut));
  const grep = [`--grep=^${RUN_SUBJECT.replace('[', '\\[')}`, '--basic-regexp'];
  const args = ['log', '-z', `--format=${FORMAT}`, '--encoding=UTF-8', '--topo-order', '--no-patch', '--no-show-signature'];
  await git.read([...args, '--no-use-mailmap', ...grep, ...rangeOf(asked), '--'], {
    signal,
    noIndex: true,
    take: chunk => splitter.push(chunk)
  });
  return delta;
}

function rangeOf(asked: RunRange): string[] {
  if ('only' in asked) {
    return ['--no-walk', asked.only];
  }
  return asked.from === null ? [asked.to] : ['--left-right', `${asked.from}...${asked.to}`];
}

function addTo(delta: IRunDelta, text: string, cut: boolean): void {
  const heads: string[] = [];
  let at = 0;
  while (heads.length < HEAD_LINES) {
    const end = text.indexOf('\n', at);
    heads.push(text.slice(at, end));
    at = end + 1;
  }
  const [mark, commit = '', parents = '', time = '', name = '', email = ''] = heads;
  const message = text.slice(at, text.endsWith('\n') ? -1 : undefined);
  if (mark === '<') {
    delta.gone.push(commit as CommitId);
    return;
  }
  const record = cut && message.startsWith(RUN_SUBJECT) ? { state: 'too-large' as const } : readMessage(message);
  if (record !== null) {
    const [title = ''] = message.slice(RUN_SUBJECT.length, RUN_SUBJECT.length + LONGEST_TITLE).split('\n', 1);
    delta.came.push({
      commit: commit as CommitId,
      parents: parents.split(' ').filter(Boolean) as CommitId[],
      title,
      author: { name, email },
      time: /^-?\d+$/u.test(time) ? Number(time) * 1_000 : null,
      record,
      digest: hash('sha1', message, 'base64')
    });
  }
}
