/** Special remotes that come with DataLad and its extensions: their programs are the environment's own. */
const PROGRAMS = new Set(['datalad', 'datalad-archives', 'ora', 'ria', 'osf', 'uncurl', 'archivist']);

/** Whether the type of an external special remote names a program of DataLad's. */
export function isKnownProgram(type: string): boolean {
  return PROGRAMS.has(type);
}

/**
 * Names in the top folder of a dataset from which git-annex would start programs: it looks for `git-annex-remote-<type>` and
 * `git-annex-backend-X<name>`, where a dataset chooses `<type>` and `<name>`, and with a slash in them that is a path relative to the
 * folder it works in, not a program of the user's. Such a folder can come with a clone.
 */
export const PROGRAM_FOLDER = /^git-annex-(?:remote|backend|compute)-/u;
