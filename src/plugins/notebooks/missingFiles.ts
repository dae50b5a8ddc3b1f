import { MAX_NAMES } from '../../protocol/notebookRun';
import { namedFiles } from '../../protocol/namedFiles';

/** An error as a kernel tells it; texts may be of any length, and coloured. */
export interface ICellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
  /** What else the cell printed as errors: R names the file in a warning. */
  readonly stderr: string;
}

/** Names of files that could be why a cell failed: what they are is for the server to look up. */
export interface ISuspects {
  /** In the error itself. */
  readonly said: readonly string[];
  /** In the source alone, of the cell or around the error. */
  readonly named: readonly string[];
  /** A file could not be opened; else content was not what somebody expected. */
  readonly missing: boolean;
}

/** Of a longer text the two ends are read: what is wrong stands at one of them. */
const READ = 8_000;
const LONGEST_NAME = 1_000;

/** Errors that no file which is not here can cause. */
const UNRELATED =
  /^(?:NameError|UnboundLocalError|ModuleNotFoundError|ImportError|SyntaxError|IndentationError|TabError|ZeroDivisionError|AssertionError|NotImplementedError|RecursionError|MemoryError|KeyboardInterrupt|SystemExit|TimeoutError|UndefVarError|InterruptException|DivideError|StackOverflowError)$/u;
/** How Python, its readers, R and Julia say that there is no such file, or that they cannot open it. */
const MISSING =
  /no such file|file ?not ?found|not found|cannot (?:find|open)|can(?:no|')t (?:find|open|read)|(?:failed|unable|error|could not|couldn't)(?: to)?(?: \w+)? open|does(?: not|n['’]t) exist|no file or directory|errno ?2\b|not a valid file|SystemError: opening|cannot identify image/iu;

// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b(?:\[[0-9;?]{0,40}[A-Za-z]|\][^\u0007\u001b]{0,4000}(?:\u0007|\u001b\\))/gu;
/** Text in quotes of any kind that does not begin or end inside of a word, as an apostrophe does. */
const QUOTED =
  /(?<![\p{L}\p{N}])b?(?:'((?:[^'\\\n]|\\.){1,1000})'|"((?:[^"\\\n]|\\.){1,1000})"|[‘“]([^’”\n]{1,1000})[’”]|`([^`'\n]{1,1000})[`'])(?![\p{L}\p{N}])/gu;
/** A word with a dot or slash inside, as names of files have. */
const WORD = /[^\s'"“”‘’`,;:()<>=|]+/gu;
/** Lines that begin with a name which may have spaces. */
const WHOLE = /^(?:\w+: )?(.{1,1000}?)(?:: No such file or directory| not found\.?| does not exist\.?)$/gmu;

/**
 * What could be missing, by the error of a cell and its source; null where the error is of another kind, or names nothing. A name in the
 * source counts only where a file could not be opened, or a pointer was read in place of content: see {@link areMissing}.
 */
export function suspects(error: ICellError, source: string): ISuspects | null {
  if (UNRELATED.test(error.ename.trim())) {
    return null;
  }
  const message = `${plain(error.ename)}: ${plain(error.evalue)}`;
  const printed = plain(error.stderr);
  const missing = MISSING.test(message) || MISSING.test(printed);
  const said = namesIn(missing ? `${message}\n${printed}` : message);
  const around = namedFiles(plain(error.traceback.join('\n'))).map(({ name }) => name);
  const literals = namedFiles(source.slice(0, 4 * READ)).map(({ name }) => name);
  const named = unique([...literals, ...around]).filter(name => !said.includes(name));
  const all = { said: said.slice(0, MAX_NAMES / 2), named: named.slice(0, MAX_NAMES / 2), missing };
  return all.said.length + all.named.length === 0 ? null : all;
}

/** Of files that are not here, those that explain the error. */
export function areMissing<F extends { readonly name: string; readonly unlocked?: true }>(
  { said, missing }: ISuspects,
  absent: readonly F[]
): F[] {
  return absent.filter(({ name, unlocked }) => said.includes(name) || missing || unlocked === true);
}

/** Without colours, and no longer than can be read at once. */
function plain(text: string): string {
  const ends = text.length <= 2 * READ ? text : `${text.slice(0, READ)}\n${text.slice(-READ)}`;
  return ends.replace(COLOURS, '');
}

function namesIn(text: string): string[] {
  const quoted = [...text.matchAll(QUOTED)].flatMap(match => match.slice(1, 5).filter(part => part !== undefined));
  const whole = [...text.matchAll(WHOLE)].flatMap(([, name]) => name ?? []);
  const words = (text.match(WORD) ?? []).map(word => word.replace(/\.+$/u, '')).filter(word => /[^.][./][^.]/u.test(word));
  return unique([...quoted.flatMap(name => [name, unescaped(name)]), ...whole, ...words]).filter(
    name => name.length <= LONGEST_NAME && /[\p{L}\p{N}]/u.test(name) && !name.includes('\0')
  );
}

/** As the text was before Python or Julia quoted it. */
function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(.))/giu, (_, byte?: string, unit?: string, char?: string) =>
    char === undefined ? String.fromCharCode(parseInt(byte ?? unit ?? '', 16)) : char
  );
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
