import { tmpdir } from 'node:os';
import { type Failure, FailureError } from '../../protocol/failure';
import type { Prompt } from '../../protocol/job';
import { type IGroup, startGroup } from '../process/run';
import { lastOf } from '../redact';
import { LineSplitter } from '../process/lineSplitter';
import { type BarUpdate, type Crash, parseMessage, type WorkerMessage, type WorkerRecord, type WorkerRequest } from './messages';

/** How to start a worker. */
export interface IWorkerOptions {
  /** The Python that has DataLad. */
  python: string;
  /** The folder that holds its `__main__.py`. */
  script: string;
  /** The whole environment, see `workerEnvironment.ts`. */
  env: Record<string, string>;
}

/** Hears what a running command says. */
export interface IListener {
  record(record: WorkerRecord): void;
  bar(update: BarUpdate): void;
  /** What was printed or logged beside the records. */
  output(text: string): void;
  /** Null when the user refuses to answer. */
  ask(prompt: Omit<Prompt, 'id'>): Promise<string | null>;
}

/** How a command ended: at its end, or in an exception. Its records were told before and are still to be judged. */
export type Ending = ({ type: 'done' } | Crash) & {
  /** A line of the protocol could not be read: a record may be missing. */
  garbled: boolean;
};

/** More than the longest record seen, far less than would hurt. */
const MAX_LINE = 4 * 1024 * 1024;
/** Milliseconds a cancelled worker has to clean up before TERM, then before KILL: all is over within two seconds. */
const GRACE = { terminate: 1_000, kill: 1_500 } as const;
/** Milliseconds in which a worker that is let go has to end: DataLad waits for the helpers it started. */
const PATIENCE = 30_000;
const LAST_WORDS = 4_096;

/** One Python process with DataLad loaded, leader of its own process group. It runs one command at a time. */
export class Worker {
  constructor(options: IWorkerOptions) {
    // -P: nothing is imported from the folder it stands in; and never a dataset's folder, where a `datalad.py` may lie.
    this.group = startGroup(options.python, ['-P', options.script], { cwd: tmpdir(), env: options.env });
    const lines = new LineSplitter({
      maxLength: MAX_LINE,
      line: text => this.take(text),
      overlong: length => this.spoil(`(a line of ${length} bytes was left out)`)
    });
    this.group.process.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
    const decoder = new TextDecoder();
    this.group.process.stderr.on('data', (chunk: Buffer) => this.hear(decoder.decode(chunk, { stream: true })));
    this.ended = this.group.ended.then(({ error }) => {
      this.alive = false;
      this.death = error === 'ENOENT' ? missing(options.python) : death(this.lastWords);
      this.reject?.(new FailureError(this.death));
    });
  }

  /** Resolves when the process is gone and its group was killed. */
  readonly ended: Promise<void>;

  get isAlive(): boolean {
    return this.alive;
  }

  /** A line was none of the protocol's messages: a record may be lost, and the process is not to be trusted with another command. */
  get isSpoiled(): boolean {
    return this.spoiled;
  }

  /** Runs a command; rejects with `worker-died` when the process ends before the command. */
  async run(request: WorkerRequest, listener: IListener): Promise<Ending> {
    this.listener = listener;
    try {
      return await new Promise<Ending>((resolve, reject) => {
        this.resolve = resolve;
        this.reject = reject;
        if (this.alive) {
          this.send(request);
        } else {
          reject(new FailureError(this.death));
        }
      });
    } finally {
      // The question of a program that did not wait for the answer: nobody else could ask one in this process.
      this.spoiled ||= this.asking > 0;
      this.listener = undefined;
      this.resolve = undefined;
      this.reject = undefined;
    }
  }

  /** Lets a worker that runs nothing end by itself; one that does not is killed. */
  close(): void {
    this.group.process.stdin.end();
    const patience = setTimeout(() => this.group.kill(), PATIENCE).unref();
    void this.ended.then(() => clearTimeout(patience));
  }

  /** Interrupt, then TERM, then KILL, all within two seconds; resolves when the group is gone. */
  async cancel(): Promise<void> {
    this.group.interrupt();
    const timers = [setTimeout(() => this.group.terminate(), GRACE.terminate), setTimeout(() => this.group.kill(), GRACE.kill)];
    await this.ended;
    timers.forEach(clearTimeout);
  }

  /** Ends the whole group at once. */
  kill(): void {
    this.group.kill();
  }

  private send(request: WorkerRequest): void {
    // Lone surrogates leave as escapes, so that Python reads back the bytes they stand for.
    this.group.process.stdin.write(`${JSON.stringify(request)}\n`);
  }

  private take(line: string): void {
    const message = parseMessage(line);
    if (message === null) {
      this.spoil(line);
    } else {
      this.dispatch(message);
    }
  }

  private dispatch(message: WorkerMessage): void {
    switch (message.type) {
      case 'result':
        return this.listener?.record(message.record);
      case 'progress':
        return this.listener?.bar(message);
      case 'log':
        return this.hear(`[${message.level}] ${message.text}\n`);
      case 'prompt':
        return this.forward(message);
      case 'done':
      case 'failed':
        return this.settle(message);
      case 'ready':
    }
  }

  /** What ssh or git printed before, on the other pipe, may not have been read yet: it may be all that says why. */
  private settle(message: Extract<WorkerMessage, { type: 'done' | 'failed' }>): void {
    setImmediate(() => setImmediate(() => this.resolve?.({ ...message, garbled: this.spoiled })));
  }

  private forward(prompt: Extract<WorkerMessage, { type: 'prompt' }>): void {
    const { id, text, hidden, choices } = prompt;
    const refuse = (): null => null;
    this.asking += 1;
    void Promise.resolve(this.listener?.ask({ text, secret: hidden, ...(choices === null ? {} : { choices }) }))
      .catch(refuse)
      .then(value => {
        this.asking -= 1;
        this.send({ type: 'answer', id, value: value ?? null });
      });
  }

  private spoil(line: string): void {
    this.spoiled = true;
    this.hear(`${line}\n`);
  }

  private hear(text: string): void {
    this.lastWords = lastOf(this.lastWords + text, LAST_WORDS);
    this.listener?.output(text);
  }

  private readonly group: IGroup;
  private alive = true;
  private spoiled = false;
  /** Questions that wait for an answer. */
  private asking = 0;
  private listener: IListener | undefined;
  private resolve: ((ending: Ending) => void) | undefined;
  private reject: ((error: FailureError) => void) | undefined;
  private lastWords = '';
  private death = death('');
}

function missing(python: string): Failure {
  return {
    kind: 'tool-missing',
    message: `Python was not found at ${python}.`,
    hint: 'Install the extension again in the environment of JupyterLab.',
    parameters: { tool: 'python' }
  };
}

function death(lastWords: string): Failure {
  const detail = lastWords.trim();
  if (/No module named 'datalad/u.test(detail)) {
    const hint = 'Install DataLad in the environment of JupyterLab.';
    return { kind: 'tool-missing', message: 'DataLad was not found.', hint, detail, parameters: { tool: 'datalad' } };
  }
  return {
    kind: 'worker-died',
    message: 'DataLad ended unexpectedly.',
    hint: 'Try again: content that was got is kept, and nothing that was saved is lost.',
    ...(detail === '' ? {} : { detail })
  };
}
