import { spawn } from 'node:child_process';

/** A command of the set-up ended badly; its message is meant for the person at the terminal. */
export class CommandFailure extends Error {
  constructor(command, args, outcome, output) {
    super(`${[command, ...args].join(' ')} ${outcome}${output ? `\n${output.trimEnd()}` : ''}`);
    this.name = 'CommandFailure';
  }
}

/** Waits for a child process: its exit code, or -1 when a signal ended it or it could not start. */
function ended(child) {
  return new Promise(resolve => {
    child.once('error', error => resolve({ code: -1, outcome: `could not start: ${error.message}` }));
    child.once('close', (code, signal) => resolve({ code: code ?? -1, outcome: signal ? `was ended by ${signal}` : `ended with ${code}` }));
  });
}

/** Runs a command in view of the person at the terminal. Throws `CommandFailure` unless it ends with 0. */
export async function run(command, args, options = {}) {
  const { outcome, code } = await ended(spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options }));
  if (code !== 0) {
    throw new CommandFailure(command, args, outcome);
  }
}

/** Runs a command in view and gives its exit code; -1 when it could not run. */
export async function runForCode(command, args, options = {}) {
  return (await ended(spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options }))).code;
}

/** Runs a command silently: `{ code, stdout, stderr }`, never throws. */
export async function probe(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const parts = { stdout: [], stderr: [] };
  child.stdout?.on('data', chunk => parts.stdout.push(chunk));
  child.stderr?.on('data', chunk => parts.stderr.push(chunk));
  const { code, outcome } = await ended(child);
  const text = name => Buffer.concat(parts[name]).toString();
  return { code, outcome, stdout: text('stdout'), stderr: text('stderr') };
}

/** Runs a command silently and gives what it printed. Throws `CommandFailure` with its output unless it ends with 0. */
export async function capture(command, args, options = {}) {
  const result = await probe(command, args, options);
  if (result.code !== 0) {
    throw new CommandFailure(command, args, result.outcome, result.stderr || result.stdout);
  }
  return result.stdout;
}
