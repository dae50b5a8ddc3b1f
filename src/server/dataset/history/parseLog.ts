import { fail } from '../../../protocol/failure';
import type { Commit, CommitName, Person } from '../../../protocol/history';
import type { CommitId } from '../../../protocol/revision';
import { RUN_SUBJECT } from '../../../protocol/run';
import { splitZero } from '../../git/split';
import { recordText } from '../runs/parseRecord';

/** A commit as git printed it. */
export interface ILogEntry extends Omit<Commit, 'path' | 'shallow'> {
  committer: Person;
  committed: number | null;
  message: string;
  /** In the history of one file: its name then, relative to the top. */
  file?: string;
}

const LONGEST_SUBJECT = 500;
const LINES = ['%H', '%P', '%at', '%an', '%ae', '%ct', '%cn', '%ce', '%D'];

/** Single lines, and at the end the message, which may have several; no part of a commit holds a NUL. */
export const LOG_FORMAT = [...LINES, '%s', '%B'].join('%n');
/** The same without messages, for where they are too long: of a subject, the beginning. */
export const BRIEF_FORMAT = [...LINES, `%<(${LONGEST_SUBJECT},trunc)%s`, ''].join('%n');

const ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u;
/** Milliseconds: beyond, a date is none in JavaScript. */
const LAST_MOMENT = 8.64e15;

/**
 * Reads what `git log -z --decorate=full` prints with {@link LOG_FORMAT} or {@link BRIEF_FORMAT}; with `--name-status` of one file, its name stands behind each
 * commit. What is cut off at its end, as by a git that gives up, is left out where `partial` says so; `brief` tells the second format.
 */
export function parseLog(output: Buffer, { partial = false, brief = false } = {}): ILogEntry[] {
  const whole = output.length === 0 || output.at(-1) === 0;
  if (!whole && !partial) {
    fail('unknown', 'git listed commits in an unknown way.');
  }
  const fields = splitZero(whole ? output : output.subarray(0, output.lastIndexOf(0) + 1));
  const entries: ILogEntry[] = [];
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] ?? '';
    const entry = entries.at(-1);
    const [, status] = /^\n([A-Z])\d*$/u.exec(field) ?? [];
    if (status === undefined) {
      entries.push(parseEntry(field, brief));
    } else if (entry !== undefined) {
      at += status === 'R' || status === 'C' ? 2 : 1;
      entry.file = fields[at] ?? fail('unknown', 'git listed commits in an unknown way.', { detail: field });
    }
  }
  return entries;
}

function parseEntry(text: string, brief: boolean): ILogEntry {
  const lines = text.split('\n');
  const [id = '', parents = '', time, name = '', email = '', committed, by = '', byEmail = '', names = '', subject = ''] = lines;
  if (!ID.test(id) || lines.length < 11) {
    fail('unknown', 'git listed commits in an unknown way.', { detail: text.slice(0, 200) });
  }
  const message = lines.slice(10).join('\n').replace(/\n$/u, '');
  return {
    id: id as CommitId,
    parents: parents.split(' ').filter(parent => ID.test(parent)) as CommitId[],
    subject: (brief ? subject.trimEnd() : subject).slice(0, LONGEST_SUBJECT),
    author: { name, email },
    time: moment(time),
    names: parseNames(names),
    ...((brief ? subject.startsWith(RUN_SUBJECT) : recordText(message) !== null) ? { run: true as const } : {}),
    committer: { name: by, email: byEmail },
    committed: moment(committed),
    message
  };
}

function moment(seconds: string | undefined): number | null {
  const time = /^-?\d+$/u.test(seconds ?? '') ? Number(seconds) * 1000 : NaN;
  return Math.abs(time) <= LAST_MOMENT ? time : null;
}

/** What git-annex keeps beside the branches people work on, and pointers to others. */
const OUT_OF_SIGHT = /^(?:git-annex|adjusted\/.*|synced\/.*|HEAD)$/u;

/** Reads `%D` with full names: `HEAD -> refs/heads/main, tag: refs/tags/v1`. No name of a ref has a space in it. */
export function parseNames(text: string): CommitName[] {
  return text.split(', ').flatMap((part): CommitName[] => {
    const full = /^(?:HEAD -> |tag: )?(refs\/.+)$/u.exec(part)?.[1] ?? '';
    const [, folder, name = ''] = /^refs\/(heads|tags|remotes)\/(.+)$/u.exec(full) ?? [];
    const kind = ({ heads: 'branch', tags: 'tag', remotes: 'remote' } as const)[folder ?? ''];
    const hidden = kind === 'tag' ? false : OUT_OF_SIGHT.test(kind === 'remote' ? name.slice(name.indexOf('/') + 1) : name);
    return kind === undefined || hidden ? [] : [{ kind, name }];
  });
}
