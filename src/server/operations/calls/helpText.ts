import type { CommandHelp, HelpOption, HelpSubject } from '../../../protocol/help';
import { picture, replaceUnseen } from '../../../protocol/names';

// eslint-disable-next-line no-control-regex -- these are what is looked for
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/gu;
/** Bold and underlined letters, as a printer made them. */
// eslint-disable-next-line no-control-regex -- as above
const OVERSTRUCK = /[^\n\x08]\x08/gu;
const TAB = 8;

const USAGE = /^usage: ?/iu;
/** How git begins another way to call a command. */
const OTHER_USAGE = /^ {3}or: /u;
const HEADING = /^(positional arguments|optional arguments|options|available options):$/iu;
const OPTION = /^ {1,8}-[^ ]/u;
const POSITIONAL = /^ {1,4}[^ -]/u;
/** Explanations that go on are set in at least so far. */
const CONTINUED = /^ {9}/u;

/** Text that can be shown as it is: without colours, with tabs as spaces, and with pictures of what cannot be seen. */
export function plainText(printed: string): string {
  return printed
    .replace(ESCAPES, '')
    .replace(OVERSTRUCK, '')
    .split(/\r?\n/u)
    .map(line => replaceUnseen(spaced(line), { unseen: picture, foreign: () => '\ufffd' }).trimEnd())
    .join('\n')
    .trim();
}

function spaced(line: string): string {
  const [first = '', ...others] = line.split('\t');
  return others.reduce((before, part) => before.padEnd(before.length + TAB - (before.length % TAB)) + part, first);
}

/** What a printout of argparse (DataLad), optparse-applicative (git-annex) or git's own parser says, in parts. */
export function parseHelp(subject: HelpSubject, printed: string): CommandHelp {
  const text = plainText(printed);
  const lines = text.split('\n');
  const usage = lines.findIndex(line => USAGE.test(line));
  const end = usage === -1 ? 0 : endOf(lines, usage);
  const heading = lines.findIndex((line, at) => at >= end && HEADING.test(line));
  const summary = heading === -1 ? undefined : summaryIn(usage > 0 ? lines.slice(0, usage) : lines.slice(end, heading));
  return {
    subject,
    ...(summary === undefined ? {} : { summary }),
    synopsis: lines
      .slice(Math.max(usage, 0), end)
      .map(line =>
        line
          .replace(USAGE, '')
          .replace(OTHER_USAGE, '')
          .replace(/^ {1,7}/u, '')
      )
      .join('\n'),
    options: optionsIn(lines.slice(heading === -1 ? end : heading)),
    text
  };
}

/** The line after the paragraph that begins at `start`. */
function endOf(lines: readonly string[], start: number): number {
  const blank = lines.indexOf('', start);
  return blank === -1 ? lines.length : blank;
}

/** git-annex puts its name before it. */
function summaryIn(lines: readonly string[]): string | undefined {
  return lines.find(line => line !== '')?.replace(/^git-annex \S+ - /u, '');
}

function optionsIn(lines: readonly string[]): HelpOption[] {
  const found: HelpOption[] = [];
  let positional = false;
  let open = false;
  for (const line of lines) {
    const heading = HEADING.exec(line)?.[1];
    if (heading !== undefined) {
      positional = heading.toLowerCase() === 'positional arguments';
    }
    const last = found.at(-1);
    if (OPTION.test(line) || (positional && POSITIONAL.test(line))) {
      found.push(optionOf(line.trim()));
      open = true;
    } else if (open && last !== undefined && CONTINUED.test(line)) {
      last.text = `${last.text} ${line.trim()}`.trim();
    } else {
      open = false;
    }
  }
  return found;
}

/** Two spaces part a name from what it means. */
function optionOf(line: string): HelpOption {
  const at = line.indexOf('  ');
  return at === -1 ? { name: line, text: '' } : { name: line.slice(0, at), text: line.slice(at).trim() };
}
