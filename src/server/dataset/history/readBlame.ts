import { type Blame, MOST_BLAMED, MOST_BLAMED_LINES, type SavedText } from '../../../protocol/blame';
import { fail, FailureError } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import type { CommitId } from '../../../protocol/revision';
import { isUtf8 } from '../../bytes';
import { textBody } from '../compare/bodyOf';
import { type ILocated, locate } from '../compare/locate';
import { resolve } from '../compare/sides';
import { readSource, type Source } from '../compare/source';
import type { Repository } from '../repository';
import { PRINTED_BRIEFLY } from './logArguments';
import { type ILineOrigin, parseBlame } from './parseBlame';
import { type ILogEntry, parseLog } from './parseLog';

interface IBlameRequest {
  /** Relative to the top. */
  readonly path: string;
  /** Without one: as it is in the folder now. */
  readonly commit?: CommitId;
  toContents(relative: string): ContentsPath;
  readonly signal: AbortSignal;
}

/** Commits that a dataset's own configuration would leave out are not: a list that is missing, or not true, must neither break nor mislead. */
const BLAME = ['blame', '--porcelain', '--no-textconv', '--no-ignore-revs-file'];
const NOBODY = /^0+$/u;

/** Why nobody can be told to have written lines of it. */
const REASONS = {
  annex: 'Its content is in the annex, which keeps no lines.',
  binary: 'This is no text.',
  large: 'This text is too large to tell who changed each line.',
  link: 'This is a link.',
  dataset: 'This is a subdataset.',
  unsaved: 'This file was never saved.'
} as const;

/** Who changed each line of a text last, by git; across renames. Nothing that the dataset names is run. */
export async function readBlame(repository: Repository, request: IBlameRequest): Promise<Blame> {
  const { path, commit, toContents, signal } = request;
  const source = textSource(await locate(repository, commit ?? 'worktree', { path, signal }));
  if (!isUtf8(path)) {
    fail('unsafe-name', 'The name of this file is no valid UTF-8, so git cannot be asked about it.');
  }
  if (commit === undefined && (await resolve(repository, 'HEAD')) === 'nothing') {
    refuse('unsaved');
  }
  const content = await readText(repository, source, signal);
  // The bytes that were looked at, whatever is at the place of the file by now.
  const output =
    commit === undefined
      ? await repository.git.readWorkTree([...BLAME, '--contents', '-', '--', path], { input: content, signal })
      : await repository.git.read([...BLAME, commit, '--', path], { noIndex: true, signal });
  const { text, origins, runs } = parseBlame(output);
  const isSaved = ({ id }: ILineOrigin): boolean => !NOBODY.test(id);
  const saved = origins.filter(isSaved);
  const entries = await readEntries(repository, [...new Set(saved.map(({ id }) => id))], signal);
  const places = new Map(saved.map((origin, at) => [origin, at]));
  const then = ({ previous }: ILineOrigin): SavedText | undefined =>
    previous && { path: toContents(previous.file), commit: previous.id as CommitId };
  const last = origins.filter(origin => !isSaved(origin)).map(then)[0];
  const shown = textBody(text.subarray(0, -1));
  return {
    text: shown.text,
    ...(shown.damaged === true ? { damaged: true } : {}),
    commits: saved.map(origin => {
      const before = then(origin);
      return { ...wordsOf(entries, origin), path: toContents(origin.file), ...(before === undefined ? {} : { before }) };
    }),
    runs: runs.map(({ count, origin }) => ({ count, commit: places.get(origins[origin] as ILineOrigin) ?? null })),
    ...(last === undefined ? {} : { saved: last })
  };
}

function refuse(why: keyof typeof REASONS): never {
  return fail('no-lines', REASONS[why], { parameters: { why } });
}

function textSource({ facts, at }: ILocated): Source {
  switch (at.type) {
    case 'absent':
      return fail('not-found', 'There is no such file.');
    case 'unreadable':
      throw new FailureError(at.failure);
    case 'link':
    case 'dataset':
      return refuse(at.type);
    case 'blob':
    case 'file':
      return facts?.kind === 'git' ? at : refuse(facts?.kind === 'other' ? 'unsaved' : 'annex');
    case 'not-here':
      return refuse('annex');
    case 'binary':
    case 'too-large':
      return refuse('binary');
  }
}

async function readText(repository: Repository, source: Source, signal: AbortSignal): Promise<Buffer> {
  if (source.bytes > MOST_BLAMED) {
    refuse('large');
  }
  const content = await readSource(repository, source, { most: MOST_BLAMED, signal });
  if (content.includes(0)) {
    refuse('binary');
  }
  return linesIn(content) > MOST_BLAMED_LINES ? refuse('large') : content;
}

function linesIn(content: Buffer): number {
  let lines = 1;
  for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) {
    lines++;
  }
  return lines;
}

/** Commits as the history tells them, by their ids; in one start of git. */
async function readEntries(
  { git }: Repository,
  ids: readonly string[],
  signal: AbortSignal
): Promise<ReadonlyMap<string, ILogEntry>> {
  if (ids.length === 0) {
    return new Map();
  }
  const args = ['log', '--no-walk=unsorted', '--no-patch', ...PRINTED_BRIEFLY, '--stdin'];
  const output = await git.read(args, { input: `${ids.join('\n')}\n--\n`, noIndex: true, signal });
  return new Map(parseLog(output, { brief: true }).map(entry => [entry.id, entry]));
}

function wordsOf(
  entries: ReadonlyMap<string, ILogEntry>,
  { id }: ILineOrigin
): Pick<ILogEntry, 'id' | 'subject' | 'author' | 'time' | 'run'> {
  const entry = entries.get(id) ?? fail('unknown', 'git did not tell of a commit that it named.', { detail: id });
  const { subject, author, time, run } = entry;
  return { id: entry.id, subject, author, time, ...(run === undefined ? {} : { run }) };
}
