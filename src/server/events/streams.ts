import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { ServerEvent } from '../../protocol/job';
import type { ILog } from '../log';
import { describeError } from '../log';
import type { EventLog } from './eventLog';

/** A proxy in between may close what is silent for long. */
const HEARTBEAT = 25_000;
/** Proxies may hide that a browser is gone; a stream ends after this time, and whoever still listens comes back at once. */
const MAX_AGE = 10 * 60_000;
/** More tabs than anyone has; keeps a broken client from eating memory. */
const MAX_STREAMS = 50;

export interface IStreamsOptions {
  readonly log: EventLog;
  /** The first stream opened, or the last one closed. */
  readonly listening: (anyone: boolean) => void;
  readonly report: ILog;
  readonly heartbeat?: number;
  readonly maxAge?: number;
}

/** The open event streams: one for each browser, whose tabs share it. */
export class Streams {
  private readonly open = new Map<string, AbortController>();
  private count = 0;

  constructor(private readonly options: IStreamsOptions) {}

  get size(): number {
    return this.open.size;
  }

  /** Answers a request with a stream that begins after the event the client saw last. */
  connect(context: Context): Response {
    const id = context.req.header('X-DataLad-Stream') ?? `own-${(this.count += 1)}`;
    const seen = context.req.header('Last-Event-ID');
    const abort = new AbortController();
    const age = setTimeout(() => abort.abort(), this.options.maxAge ?? MAX_AGE);
    abort.signal.addEventListener('abort', () => {
      clearTimeout(age);
      this.leave(id, abort);
    });
    this.enter(id, abort);
    return streamSSE(
      context,
      async stream => {
        stream.onAbort(() => abort.abort());
        // A reader that does not read holds up a write for ever: what ends the stream must not wait for it.
        await Promise.race([this.feed(stream, seen, abort.signal), aborted(abort.signal)]);
        abort.abort();
      },
      async error => {
        abort.abort();
        this.options.report('error', 'An event stream broke.', { error: describeError(error) });
      }
    );
  }

  /** Ends a stream whose reader is known to be gone. */
  close(id: string): void {
    this.open.get(id)?.abort();
  }

  dispose(): void {
    this.open.forEach(abort => abort.abort());
  }

  private enter(id: string, abort: AbortController): void {
    this.close(id);
    this.open.set(id, abort);
    const [oldest] = this.open.keys();
    if (this.open.size > MAX_STREAMS && oldest !== undefined) {
      this.close(oldest);
    }
    if (this.open.size === 1) {
      this.options.listening(true);
    }
  }

  private leave(id: string, abort: AbortController): void {
    if (this.open.get(id) === abort) {
      this.open.delete(id);
      if (this.open.size === 0) {
        this.options.listening(false);
      }
    }
  }

  /** Writes events as they come; a write waits until the one before is taken, so nothing piles up here. */
  private async feed(stream: SSEStreamingApi, seen: string | undefined, signal: AbortSignal): Promise<void> {
    const { log } = this.options;
    const covered = seen !== undefined && log.since(seen) !== null;
    let cursor = covered ? seen : log.end;
    await this.hello(stream, cursor, seen !== undefined && !covered);
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), this.options.heartbeat ?? HEARTBEAT);
    void aborted(signal).then(() => clearInterval(heartbeat));
    while (!signal.aborted) {
      const entries = log.since(cursor);
      if (entries === null) {
        cursor = log.end;
        await this.hello(stream, cursor, true);
        continue;
      }
      for (const { id, data } of entries) {
        await stream.writeSSE({ id, data });
        cursor = id;
        if (signal.aborted) {
          return;
        }
      }
      if (entries.length === 0) {
        await log.next(signal);
      }
    }
  }

  private hello(stream: SSEStreamingApi, id: string, gap: boolean): Promise<void> {
    const event: ServerEvent = { type: 'hello', server: this.options.log.server, gap };
    return stream.writeSSE({ id, data: JSON.stringify(event) });
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) {
      resolve();
    }
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
