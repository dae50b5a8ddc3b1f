import { tmpdir } from 'node:os';
import { fail } from '../../../protocol/failure';
import type { CommandHelp, HelpSubject } from '../../../protocol/help';
import { run } from '../../process/run';
import { parseHelp } from './helpText';

interface IHelpOptions {
  readonly env: Record<string, string>;
  /** The Python that has DataLad. */
  readonly python: string;
}

/** What is printed shall be as wide as a dialog, without colours, and not wait for a pager. */
const PRINTING = { COLUMNS: '90', PAGER: 'cat', MANPAGER: 'cat', TERM: 'dumb', NO_COLOR: '1' };
const MAX_BYTES = 256 * 1024;

/**
 * What a command says of itself. The program is started for this, in no dataset: whoever asks keeps the answer. Git's commands print
 * their usage, since its manual is often not installed.
 */
export async function readHelp(subject: HelpSubject, options: IHelpOptions): Promise<CommandHelp> {
  const [program, args] = asking(subject, options.python);
  const { stdout, stderr } = await run(program, args, {
    cwd: tmpdir(),
    env: { ...options.env, ...PRINTING },
    timeout: 60_000,
    maxOutput: MAX_BYTES
  });
  // Git prints some of it as errors; how it ended says nothing.
  const help = parseHelp(subject, stdout.length > 0 ? stdout.toString('utf8') : stderr);
  return help.synopsis === '' ? fail('unknown', `“${subject}” prints no help here.`, { detail: help.text }) : help;
}

function asking(subject: HelpSubject, python: string): [program: string, args: string[]] {
  const [program, command = '', below = ''] = subject.split(' ');
  if (program === 'datalad') {
    return [python, ['-P', '-c', 'from datalad.cli.main import main; main()', command, '--help-np']];
  }
  return command === 'annex' ? ['git-annex', [below, '--help']] : ['git', [command, '-h']];
}

/** Asks once for each command; one that failed is not remembered. */
export class HelpKeeper {
  private readonly known = new Map<HelpSubject, Promise<CommandHelp>>();

  constructor(private readonly options: IHelpOptions) {}

  read(subject: HelpSubject): Promise<CommandHelp> {
    const known = this.known.get(subject);
    if (known !== undefined) {
      return known;
    }
    const asked = readHelp(subject, this.options);
    this.known.set(subject, asked);
    asked.catch(() => this.known.delete(subject));
    return asked;
  }

  /** Other extensions bring other options. */
  forget(): void {
    this.known.clear();
  }
}
