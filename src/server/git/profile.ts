import { dirname } from 'node:path';

/**
 * The browse profile: settings under which the commands that reads use run no program that a repository names. Command line and
 * environment beat a repository's own configuration.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  'core.fsmonitor': 'false',
  'core.hooksPath': '/dev/null',
  'core.untrackedCache': 'false',
  'core.sshCommand': 'false',
  'core.askPass': 'true',
  'core.pager': 'cat',
  'core.quotePath': 'false',
  'safe.bareRepository': 'explicit',
  'protocol.allow': 'never',
  'credential.helper': '',
  'diff.external': '',
  'diff.renames': 'false',
  'diff.ignoreSubmodules': 'dirty',
  'log.showSignature': 'false',
  // `blame` reads these without being asked to: they may lead anywhere.
  'mailmap.file': '',
  'mailmap.blob': ''
};

/** How one git command of the read path is started. */
export interface IGitCommand {
  args: string[];
  env: Record<string, string>;
}

/**
 * Builds a git command line of the read path.
 *
 * `filters` are the names of all content filters that are configured: `diff-files` asks the clean filter about a file that was
 * written in the same moment as the index, so each is switched off, git-annex's own among them.
 */
export function browseCommand(
  args: readonly string[],
  options: { root: string; env: Record<string, string>; filters?: readonly string[] }
): IGitCommand {
  const settings = { ...SETTINGS };
  for (const name of options.filters ?? []) {
    Object.assign(settings, {
      [`filter.${name}.clean`]: '',
      [`filter.${name}.smudge`]: '',
      [`filter.${name}.process`]: '',
      [`filter.${name}.required`]: 'false'
    });
  }
  return {
    args: ['--no-optional-locks', '--literal-pathspecs', '--no-pager', ...args],
    env: {
      ...options.env,
      ...settingsAsEnvironment(settings),
      GIT_OPTIONAL_LOCKS: '0',
      // Into a pipe git would write each commit for itself, which doubles the time of a long log.
      GIT_FLUSH: '0',
      GIT_NO_LAZY_FETCH: '1',
      // Git before 2.44 fetches what a partial clone lacks; a list in the environment beats every `protocol.<name>.allow` of a repository.
      GIT_ALLOW_PROTOCOL: '',
      GIT_LITERAL_PATHSPECS: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_PAGER: 'cat',
      // A work tree elsewhere, by `core.worktree`, would have its files listed here.
      GIT_WORK_TREE: options.root,
      // A broken .git must not make git answer for the repository around it.
      GIT_CEILING_DIRECTORIES: dirname(options.root)
    }
  };
}

function settingsAsEnvironment(settings: Readonly<Record<string, string>>): Record<string, string> {
  const env: Record<string, string> = { GIT_CONFIG_COUNT: String(Object.keys(settings).length) };
  Object.entries(settings).forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return env;
}
