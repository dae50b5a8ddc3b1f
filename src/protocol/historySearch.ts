import { asShell } from './command';
import type { HistorySearch } from './history';

/**
 * What `git log` is asked for a search. In the words nothing is a pattern; times are those that git does not guess at.
 */
export function searchOptions({ message, author, since, until }: HistorySearch): string[] {
  const words = message?.split(/\s+/u).filter(word => word !== '') ?? [];
  return [
    ...(words.length > 0 || author !== undefined ? ['--fixed-strings', '--regexp-ignore-case', '--all-match'] : []),
    ...words.map(word => `--grep=${word}`),
    ...(author === undefined ? [] : [`--author=${author}`]),
    ...(since === undefined ? [] : [`--since=${instant(Math.ceil(since / 1000))}`]),
    ...(until === undefined ? [] : [`--until=${instant(Math.floor(until / 1000))}`])
  ];
}

function instant(seconds: number): string {
  return `@${seconds} +0000`;
}

/**
 * The pathspecs of a path that was typed: of the file, and of all that is in the folder of that name. As in `.gitignore`, a name alone is
 * looked for in all folders, one with a slash before or inside it from the top; `*` and `?` stand for what they do in file names, `**` for folders. Whatever
 * else is typed stands for itself: each begins with a magic word of ours, so that nothing behind it is one, and none leads out.
 */
export function pathspecsOf(typed: string): string[] {
  const names = typed.split('/').filter(name => !['', '.', '..'].includes(name));
  if (names.length === 0) {
    return [];
  }
  const pattern = names.join('/').replace(/[[\]\\]/gu, '\\$&');
  const place = typed.replace(/\/+$/u, '').includes('/') ? pattern : `**/${pattern}`;
  return typed.endsWith('/') ? [`:(glob)${place}/**`] : [`:(glob)${place}`, `:(glob)${place}/**`];
}

/** The search as a line for a terminal; a history that is not of what is checked out names its branch. */
export function searchLine(search: HistorySearch, branch: string | null): string {
  const places = search.path === undefined ? [] : pathspecsOf(search.path);
  return asShell(['git', 'log', ...searchOptions(search), ...(branch === null ? [] : [branch]), '--', ...places]);
}
