/** Transports git may use below DataLad. In the environment, since there it also beats what a dataset's own configuration allows. */
const PROTOCOLS = ['file', 'https', 'http', 'ssh', 'osf', 'datalad-annex', 'annex'];

/** The environment of a worker and all it starts, on top of that of every tool: nothing asks on a terminal. */
export function workerEnvironment(tools: Readonly<Record<string, string>>): Record<string, string> {
  return {
    ...tools,
    GIT_TERMINAL_PROMPT: '0',
    // A file called `*.txt` is that file: DataLad hands names to git as patterns, and would save the others with it.
    GIT_LITERAL_PATHSPECS: '1',
    GIT_ALLOW_PROTOCOL: PROTOCOLS.join(':'),
    // DataLad cuts the labels of its progress bars, in which file names stand, to the width of the terminal.
    COLUMNS: '9999',
    PYTHONIOENCODING: 'utf-8:surrogateescape'
  };
}
