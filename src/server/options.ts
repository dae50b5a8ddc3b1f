import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';

/** How the server was started. */
export interface IServerOptions {
  /** Path of the Unix socket; its folder is the server's own. */
  readonly socket: string;
  /** The contents root; null where JupyterLab's files are no files of this machine. */
  readonly root: string | null;
  /** Folder of the environment's programs, first on PATH for all tools. */
  readonly binaries: string | undefined;
  readonly python: string;
  /** Folder of the Python package: the worker lies there. */
  readonly packageFolder: string;
  /** The user as the hub or the machine calls them; empty when neither does. */
  readonly user: string;
}

/** Reads arguments and the `DATALAD_LAB_*` variables that `node.py` sets. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): IServerOptions {
  const { values } = parseArgs({ args: [...args], options: { socket: { type: 'string' }, root: { type: 'string' } } });
  if (values.socket === undefined) {
    throw new Error('usage: main.js --socket PATH [--root FOLDER]');
  }
  return {
    socket: values.socket,
    root: values.root ?? null,
    binaries: env['DATALAD_LAB_BIN'] || undefined,
    python: env['DATALAD_LAB_PYTHON'] || 'python3',
    packageFolder: env['DATALAD_LAB_PACKAGE'] || '.',
    user: env['DATALAD_LAB_USER'] || systemUser()
  };
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number without a name.
    return '';
  }
}
