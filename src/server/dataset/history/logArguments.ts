import { fail } from '../../../protocol/failure';
import type { Cursor, HistorySearch } from '../../../protocol/history';
import { pathspecsOf, searchOptions } from '../../../protocol/historySearch';
import { encodePath, isUtf8 } from '../../bytes';
import { BRIEF_FORMAT, LOG_FORMAT } from './parseLog';

/** What of the history is asked for. */
export interface ILogRequest {
  readonly cursor: Cursor;
  readonly limit: number;
  readonly search?: HistorySearch;
  /** Relative to the top. */
  readonly path?: string;
  /** The path is that of one file, which is followed across renames. */
  readonly follow?: boolean;
  /** Contents of files may be missing: only files that were renamed unchanged can be followed. */
  readonly partial?: boolean;
  /** Without messages. */
  readonly brief?: boolean;
}

/** How all that is said of commits is printed, whatever the configuration says. */
export const PRINTED = printed(LOG_FORMAT);
/** The same without messages. */
export const PRINTED_BRIEFLY = printed(BRIEF_FORMAT);

/** Bytes of commits that are read at one time: a message may have any length. */
export const MOST_PRINTED = 16 * 1024 * 1024;

function printed(format: string): string[] {
  return ['-z', `--format=${format}`, '--encoding=UTF-8', '--decorate=full', '--no-use-mailmap', '--no-show-signature'];
}

/**
 * A `git log` that stops by itself when the page is full: nothing in it asks for an order that takes the whole history to tell. A path
 * that can be no argument goes through standard input, where git takes one a line.
 */
export function logArguments(request: ILogRequest): { args: string[]; input?: Buffer } {
  const { cursor, limit, search = {}, path, follow = false, partial = false, brief = false } = request;
  const args = [
    'log',
    ...(brief ? PRINTED_BRIEFLY : PRINTED),
    '--no-ext-diff',
    '--no-textconv',
    ...(follow ? ['--follow', '--name-status', partial ? '--find-renames=100%' : '--find-renames'] : ['--no-patch']),
    // To follow a file, git looks at commits after it has counted those to skip: what is to be left out is printed, too.
    `--max-count=${follow ? cursor.skip + limit : limit}`,
    ...(cursor.skip > 0 && !follow ? [`--skip=${cursor.skip}`] : []),
    ...searchOptions(search)
  ];
  if (path === undefined) {
    const places = search.path === undefined ? [] : pathspecsOf(search.path);
    // Everywhere else a path is one, whatever it holds.
    return { args: [...(places.length > 0 ? ['--no-literal-pathspecs'] : []), ...args, ...cursor.tips, '--', ...places] };
  }
  if (isUtf8(path)) {
    return { args: [...args, ...cursor.tips, '--', path] };
  }
  return path.includes('\n')
    ? fail('unsafe-name', 'Git cannot be asked about this name: it holds a line break, and bytes that are no text.')
    : { args: [...args, '--stdin'], input: encodePath(`${cursor.tips.join('\n')}\n--\n${path}\n`) };
}

/** Whether a request leaves commits out, so that those it brings do not tell where to go on. */
export function isChosen({ search = {}, path }: Pick<ILogRequest, 'search' | 'path'>): boolean {
  return path !== undefined || Object.values(search).some(value => value !== undefined);
}
