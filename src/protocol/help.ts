import * as v from 'valibot';

/** The commands that our lines name: `command.ts`, whose table can produce no others, `pushLines.tsx` and `identityForm.tsx`. */
export const DATALAD_COMMANDS = [
  'add-archive-content',
  'addurls',
  'clean',
  'clone',
  'containers-add',
  'containers-remove',
  'containers-run',
  'copy-file',
  'create',
  'create-sibling',
  'download-url',
  'drop',
  'export-archive',
  'get',
  'push',
  'remove',
  'rerun',
  'run',
  'run-procedure',
  'save',
  'unlock',
  'wtf'
] as const;
export const ANNEX_COMMANDS = ['addurl', 'calckey', 'drop', 'fsck', 'get', 'lock', 'rmurl', 'unlock'] as const;
export const GIT_COMMANDS = [
  'add',
  'bisect',
  'blame',
  'branch',
  'checkout',
  'cherry-pick',
  'commit',
  'config',
  'merge',
  'mv',
  'rebase',
  'reset',
  'restore',
  'revert',
  'switch',
  'tag'
] as const;

export type DataladCommand = (typeof DATALAD_COMMANDS)[number];
export type AnnexCommand = (typeof ANNEX_COMMANDS)[number];
export type GitCommand = (typeof GIT_COMMANDS)[number];

/** A command there is help on, as its line begins. */
export type HelpSubject = `datalad ${DataladCommand}` | `git annex ${AnnexCommand}` | `git ${GitCommand}`;

/** All of them, as a list that is read shows them. */
export const HELP_SUBJECTS: readonly HelpSubject[] = [
  ...DATALAD_COMMANDS.map(command => `datalad ${command}` as const),
  ...ANNEX_COMMANDS.map(command => `git annex ${command}` as const),
  ...GIT_COMMANDS.map(command => `git ${command}` as const)
];
export const HelpSubject = v.picklist(HELP_SUBJECTS);

/** One argument or option, with its explanation on one line. */
export const HelpOption = v.object({ name: v.string(), text: v.string() });
export type HelpOption = v.InferOutput<typeof HelpOption>;

/** What a command says of itself. All of it is one printout of the program, where nothing is hidden or moves a cursor. */
export const CommandHelp = v.object({
  subject: HelpSubject,
  /** What it does, in a line; where the program says so. */
  summary: v.optional(v.string()),
  /** How it is called; may have several lines. */
  synopsis: v.string(),
  options: v.array(HelpOption),
  /** The whole printout. */
  text: v.string()
});
export type CommandHelp = v.InferOutput<typeof CommandHelp>;

/** The command that a line, or an argument list joined by spaces, begins with; null where there is no help on it. */
export function helpSubject(line: string): HelpSubject | null {
  // Settings for one call, `datalad -c KEY=VALUE push`, are none of its options.
  const [program, command, below] = line.replace(/^datalad -c \S+ /u, 'datalad ').split(' ');
  const subject = command === 'annex' ? `${program} annex ${below}` : `${program} ${command}`;
  return v.is(HelpSubject, subject) ? subject : null;
}

/** The command that somebody means: `git annex lock`, `save`, `copy-file`, or the operation `copyFile`; null where there is none. */
export function namedSubject(name: string): HelpSubject | null {
  const words = name.trim().replace(/[A-Z]/gu, letter => `-${letter.toLowerCase()}`);
  for (const program of ['', 'datalad ', 'git annex ', 'git ']) {
    const subject = helpSubject(`${program}${words}`);
    if (subject !== null) {
      return subject;
    }
  }
  return null;
}
