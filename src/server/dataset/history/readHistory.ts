import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cursor, HistorySearch } from '../../../protocol/history';
import type { Failure } from '../../../protocol/failure';
import { fsPath } from '../../bytes';
import { readRegular } from '../../regularFile';
import type { Repository } from '../repository';
import { nextCursor } from './frontier';
import { type ILogRequest, isChosen, logArguments, MOST_PRINTED } from './logArguments';
import { type ILogEntry, parseLog } from './parseLog';

interface IRequest {
  /** Where the page begins; null before the first commit. */
  readonly here: Cursor | null;
  readonly limit: number;
  readonly search?: HistorySearch;
  /** Relative to the top. */
  readonly path?: string;
  readonly signal: AbortSignal;
}

interface IPage {
  readonly entries: ILogEntry[];
  readonly next: Cursor | null;
  /** Commits that have parents which this clone lacks. */
  readonly edges: ReadonlySet<string>;
  readonly failure?: Failure;
}

/** One page of the history; one start of git, which ends when the page is full. */
export async function readHistory(repository: Repository, request: IRequest): Promise<IPage> {
  const { here, limit, search, path, signal } = request;
  if (here === null) {
    return { entries: [], next: null, edges: new Set() };
  }
  const chosen = isChosen({ search, path });
  const follow = path !== undefined && !(await isFolder(join(repository.root, path)));
  const partial = follow && (await repository.git.isPartial());
  const [{ printed, failure }, edges] = await Promise.all([
    readEntries(repository, { cursor: here, limit, search, path, follow, partial }, signal),
    readEdges(repository)
  ]);
  const entries = follow ? printed.slice(here.skip) : printed;
  return failure === undefined
    ? { entries, next: nextCursor(here, entries, { limit, chosen }), edges }
    : { entries, next: null, edges, failure };
}

/** Without messages where these are longer than anybody writes them. */
async function readEntries(
  { git }: Pick<Repository, 'git'>,
  request: ILogRequest,
  signal: AbortSignal
): Promise<{ printed: ILogEntry[]; failure?: Failure }> {
  const { brief = false } = request;
  const { args, input } = logArguments(request);
  const options = { signal, input, noIndex: true, maxOutput: MOST_PRINTED, cutOutput: true };
  const { output, failure, cut = false } = await git.readPart(args, options);
  if (cut && !brief) {
    return await readEntries({ git }, { ...request, brief: true }, signal);
  }
  return {
    printed: parseLog(output, { partial: cut || failure !== undefined, brief }),
    ...(failure === undefined ? {} : { failure })
  };
}

/** What is gone may have been either; most was a file. */
async function isFolder(path: string): Promise<boolean> {
  return await lstat(fsPath(path)).then(
    stats => stats.isDirectory(),
    () => false
  );
}

/** The commits at which a shallow clone ends. */
export async function readEdges({ folder }: Repository): Promise<Set<string>> {
  const file = await readRegular(join(folder.commonDir, 'shallow'));
  return new Set(file?.toString('latin1').split('\n').filter(Boolean));
}
