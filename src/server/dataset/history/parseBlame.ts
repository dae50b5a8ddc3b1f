import { fail } from '../../../protocol/failure';
import { decodePath } from '../../bytes';
import { unquoted } from '../../git/quoted';

/** A file in a commit; names are relative to the top. */
interface IFileThen {
  readonly id: string;
  readonly file: string;
}

/** Where lines come from; an id of zeros is the folder. */
export interface ILineOrigin extends IFileThen {
  /** The same file before. */
  readonly previous?: IFileThen;
}

export interface IBlamed {
  /** As git compared it, each line with its end; the last one always has one. */
  readonly text: Buffer;
  readonly origins: readonly ILineOrigin[];
  /** Lines in a row of one origin, by its place among the origins. */
  readonly runs: readonly { readonly count: number; readonly origin: number }[];
}

const TAB = 9;
const NEW_LINE = 10;
const LINE = /^([0-9a-f]{40}|[0-9a-f]{64}) \d+ \d+(?: \d+)?$/u;

/**
 * Reads what `git blame --porcelain` prints. What a line of the file says cannot be taken for anything else, since a tab stands before each;
 * who wrote it is not read: that is told as the history tells it.
 */
export function parseBlame(output: Buffer): IBlamed {
  const lines: Buffer[] = [];
  const origins: ILineOrigin[] = [];
  const runs: { count: number; origin: number }[] = [];
  const places = new Map<string, number>();
  /** Git names the file once, and again only where a commit had several. */
  const latest = new Map<string, number>();
  let id: string | null = null;
  let previous: IFileThen | undefined;
  for (let at = 0; at < output.length;) {
    const found = output.indexOf(NEW_LINE, at);
    const end = found < 0 ? output.length : found;
    const line = output.subarray(at, end);
    at = end + 1;
    if (line[0] === TAB) {
      const origin = latest.get(id ?? '') ?? fail('unknown', 'git told in an unknown way who changed lines.');
      const run = runs.at(-1);
      if (run?.origin === origin) {
        run.count++;
      } else {
        runs.push({ count: 1, origin });
      }
      lines.push(output.subarray(end - line.length + 1, at));
      id = null;
      previous = undefined;
      continue;
    }
    const text = decodePath(line);
    if (id === null) {
      id =
        LINE.exec(text)?.[1] ?? fail('unknown', 'git told in an unknown way who changed lines.', { detail: text.slice(0, 200) });
    } else if (text.startsWith('previous ')) {
      const [, before = '', file = ''] = /^previous (\S+) (.*)$/su.exec(text) ?? [];
      previous = { id: before, file: nameOf(file) };
    } else if (text.startsWith('filename ')) {
      const file = nameOf(text.slice('filename '.length));
      const key = `${id} ${file}`;
      const place = places.get(key) ?? origins.push({ id, file, ...(previous === undefined ? {} : { previous }) }) - 1;
      places.set(key, place);
      latest.set(id, place);
    }
  }
  return { text: Buffer.concat(lines), origins, runs };
}

/** Git puts a name between quotes only where it has to. */
function nameOf(written: string): string {
  return written.startsWith('"') ? unquoted(written.slice(1, -1)) : written;
}
