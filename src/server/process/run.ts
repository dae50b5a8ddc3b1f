import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { fail } from '../../protocol/failure';
import { displayName, fsPath } from '../bytes';

/** How a child process is bounded. */
export interface IRunOptions {
  cwd: string;
  /** The whole environment: see `environment.ts`; nothing is inherited. */
  env: Record<string, string>;
  /** Milliseconds after which the whole group is ended; absent only for what a person can cancel through `signal`. */
  timeout?: number;
  signal?: AbortSignal;
  /** Bytes of standard output kept; more ends the process with a failure. Default 256 MiB. */
  maxOutput?: number;
  /** More output than that is no failure: what was printed by then is the answer. */
  cutOutput?: boolean;
  /** Takes output as it comes; then none is kept, and there is no limit to it. */
  take?(chunk: Buffer): void;
  /** Fed to standard input, which is closed otherwise. */
  input?: string | Uint8Array;
  /**
   * It starts no programs of its own, so that ending it takes no group. Linux schedules by sessions, and a group of its own is a session
   * of its own: on a busy machine each would wait for a turn before it begins.
   */
  childless?: boolean;
}

type IStartOptions = Pick<IRunOptions, 'cwd' | 'env' | 'childless'>;

export interface IRunResult {
  stdout: Buffer;
  /** At most the last 64 KiB. */
  stderr: string;
  /** Null when a signal ended it. */
  code: number | null;
  /** There was more output than was asked for. */
  cut?: true;
}

const STDERR_KEPT = 64 * 1024;
/** Milliseconds between INT, TERM and KILL; git-annex cleans up on INT. */
const GRACE = [5_000, 5_000] as const;
/** Milliseconds without a word, twice, after which a stranger who still holds the output of a program that ended is no longer heard. */
const SILENCE = 200;

/** How a program ended. */
export interface IEnd {
  /** Null when a signal ended it, or nothing was started. */
  readonly code: number | null;
  /** Why nothing was started: `ENOENT`, say. */
  readonly error?: string;
}

interface IChild {
  /** Undefined where nothing was started. */
  readonly pid?: number | undefined;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  kill(signal: NodeJS.Signals): boolean;
}

/** A child that leads a process group of its own, unless it is childless: then it is one of the server's. */
export interface IGroup {
  readonly process: IChild;
  /** Resolves once the leader is gone and what it printed is read to its end. */
  readonly ended: Promise<IEnd>;
  /** SIGINT to the whole group, then TERM, then KILL: killing only the leader leaves git-annex running. */
  interrupt(): void;
  terminate(): void;
  kill(): void;
}

const groups = new Set<IGroup>();

/** Starts a program, in a group of its own, never through a shell. The caller reads what it prints, and bounds its life. */
export function startGroup(program: string, args: readonly string[], options: IStartOptions): IGroup {
  const { child, ended } = startChild(program, args, options);
  const timers: NodeJS.Timeout[] = [];
  // A childless one is Node's to signal, which knows whether it is still there.
  const send = (name: NodeJS.Signals): unknown => (options.childless === true ? child.kill(name) : signalGroup(child.pid, name));
  const group: IGroup = {
    process: child,
    ended: ended.then(end => {
      timers.forEach(clearTimeout);
      groups.delete(group);
      // Grandchildren may outlive their leader.
      send('SIGKILL');
      return end;
    }),
    interrupt: () => {
      send('SIGINT');
      timers.push(
        setTimeout(() => send('SIGTERM'), GRACE[0]),
        setTimeout(() => send('SIGKILL'), GRACE[0] + GRACE[1])
      );
      timers.forEach(timer => timer.unref());
    },
    terminate: () => send('SIGTERM'),
    kill: () => send('SIGKILL')
  };
  groups.add(group);
  return group;
}

/** One that cannot be started ends at once, and reads and prints nothing. */
function startChild(
  program: string,
  args: readonly string[],
  { cwd, env, childless = false }: IStartOptions
): { child: IChild; ended: Promise<IEnd> } {
  try {
    const child = spawn(program, args, { cwd, env, detached: !childless });
    const ended = endOf(child);
    if (hasStreams(child)) {
      // A reader that went away must not end the server.
      [child.stdin, child.stdout, child.stderr].forEach(stream => stream.on('error', () => undefined));
      return { child, ended };
    }
    return { child: nobody(), ended };
  } catch (error) {
    // The arguments are too long, say.
    return { child: nobody(), ended: Promise.resolve({ code: null, error: errorCode(error) }) };
  }
}

/** Against the types of Node there are none where no more files can be opened. */
function hasStreams(child: Partial<IChild>): child is IChild {
  return child.stdin !== undefined;
}

function nobody(): IChild {
  const stdin = new Writable({ write: (_chunk, _encoding, done) => done() });
  return { pid: undefined, stdin, stdout: Readable.from([]), stderr: Readable.from([]), kill: () => false };
}

async function endOf(child: ChildProcess): Promise<IEnd> {
  return await new Promise(resolve => {
    const timers: NodeJS.Timeout[] = [];
    let error: string | undefined;
    child.on('error', reason => (error = errorCode(reason)));
    child.once('exit', () => timers.push(stopListening(child)));
    child.once('close', code => {
      timers.forEach(clearTimeout);
      resolve(error === undefined ? { code } : { code: null, error });
    });
  });
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

/**
 * Lets a program be over although another one holds its output: an ssh in the background, say, that left the group, which no signal
 * reaches. What was printed before is read to its end, since between two looks at what has come all that is there is read.
 */
function stopListening({ stdout, stderr }: ChildProcess): NodeJS.Timeout {
  let [read, quiet] = [-1, 0];
  const look = (): void => {
    const now = bytesOf(stdout) + bytesOf(stderr);
    quiet = now === read ? quiet + 1 : 0;
    read = now;
    if (quiet === 2) {
      stdout?.destroy();
      stderr?.destroy();
      clearInterval(timer);
    }
  };
  const timer = setInterval(look, SILENCE);
  return timer.unref();
}

function bytesOf(stream: Readable | null): number {
  return stream instanceof Socket ? stream.bytesRead : 0;
}

/** Kills every group that still runs; for the server's own end. */
export function killAllGroups(): void {
  groups.forEach(group => group.kill());
}

function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, name);
  } catch {
    // The group is gone already.
  }
}

/**
 * Runs a short program to its end and collects its output. A non-zero exit code is a value for the caller to judge; it fails with
 * `cancelled`, `timeout`, `tool-missing`, or `unknown` when the output is larger than allowed.
 */
export async function run(program: string, args: readonly string[], options: IRunOptions): Promise<IRunResult> {
  const { timeout, signal, maxOutput = 256 * 1024 * 1024, cutOutput = false, take, input } = options;
  if (signal?.aborted) {
    fail('cancelled', 'This was cancelled.');
  }
  const group = startGroup(program, args, options);
  const chunks: Buffer[] = [];
  let size = 0;
  let stderr = Buffer.alloc(0);
  let reason: 'timeout' | 'cancelled' | 'output' | undefined;
  const stop = (why: typeof reason): void => {
    reason ??= why;
    group.kill();
  };
  const abort = (): void => stop('cancelled');
  const timer = timeout === undefined ? undefined : setTimeout(() => stop('timeout'), timeout);
  signal?.addEventListener('abort', abort, { once: true });
  group.process.stdout.on('data', (chunk: Buffer) => {
    if (take !== undefined) {
      return take(chunk);
    }
    size += chunk.length;
    return size > maxOutput ? stop('output') : chunks.push(chunk);
  });
  group.process.stderr.on('data', (chunk: Buffer) => {
    stderr = Buffer.concat([stderr, chunk]).subarray(-STDERR_KEPT);
  });
  group.process.stdin.end(input);
  try {
    const { code, error } = await group.ended;
    if (error === 'ENOENT' && !existsSync(fsPath(options.cwd))) {
      fail('not-found', 'The folder is not there any more.', { parameters: { path: displayName(options.cwd) } });
    }
    if (error === 'ENOENT') {
      fail('tool-missing', `${program} was not found.`, { parameters: { tool: program } });
    }
    if (error !== undefined) {
      fail('unknown', `${program} could not be started.`, { detail: error });
    }
    if (reason === 'cancelled') {
      fail('cancelled', 'This was cancelled.');
    }
    if (reason === 'timeout') {
      fail('timeout', `${program} took longer than ${Math.round((timeout ?? 0) / 1000)} seconds.`, { detail: stderr.toString() });
    }
    if (reason === 'output' && cutOutput) {
      return { stdout: Buffer.concat(chunks), stderr: stderr.toString(), code: 0, cut: true };
    }
    if (reason === 'output') {
      fail('unknown', `${program} printed more than ${maxOutput} bytes.`);
    }
    return { stdout: Buffer.concat(chunks), stderr: stderr.toString(), code };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
