import { rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createLog, describeError } from './log';
import { readOptions } from './options';
import { watchParent } from './parentWatch';
import { killAllGroups } from './process/run';
import { Redactor } from './redact';
import { startServer } from './server';

/** Time for the jobs' processes to clean up after SIGINT. */
const GRACE = 1_500;
/** Whoever supervises us starts us again at once: a server that cannot start must not do so a hundred times a second. */
const FAILED_START = 1_000;

const redactor = new Redactor(process.env);
const log = createLog(redactor);

/** Never 0: the supervisor would take that for the wish to stay away. */
function exit(): never {
  killAllGroups();
  return process.exit(1);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const server = await startServer(options, log, redactor);
  log('info', 'Listening.', { pid: process.pid, node: process.versions.node, root: options.root });
  let ending = false;
  const end = (reason: string): void => {
    if (ending) {
      return;
    }
    ending = true;
    log('info', 'Ending.', { reason });
    setTimeout(exit, GRACE);
    server.close().then(exit, exit);
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  process.on('SIGHUP', () => end('SIGHUP'));
  watchParent(() => {
    removeFolder(options.socket);
    end('parent gone');
  });
}

/** The folder of the socket; only when the parent is gone, since a restart needs it, and only one that was made for us. */
function removeFolder(socket: string): void {
  const folder = dirname(socket);
  if (basename(folder).startsWith('jupyterlab-datalad-')) {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.on('uncaughtException', error => {
  log('error', 'The server broke.', { error: describeError(error) });
  exit();
});
process.on('unhandledRejection', error => log('error', 'A promise was left alone.', { error: describeError(error) }));

main().catch((error: unknown) => {
  log('error', 'The server could not start.', { error: describeError(error) });
  setTimeout(exit, FAILED_START);
});
