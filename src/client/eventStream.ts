import type { ServerConnection } from '@jupyterlab/services';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { createParser } from 'eventsource-parser';
import * as v from 'valibot';
import { ServerEvent } from '../protocol/job';
import { send } from './request';
import { findTabs, type IMessage, type ITabs } from './tabs';

export interface IEventStreamOptions {
  settings: ServerConnection.ISettings;
  emit: (event: ServerEvent) => void;
  /** Milliseconds a hidden tab keeps its stream. Default 10,000. */
  grace?: number;
  /** Milliseconds the stream stays open after the last holder has gone. Default 2,000. */
  linger?: number;
  /** Milliseconds before the first attempt to connect again; doubles up to thirty times that. Default 1,000. */
  backOff?: number;
  /** Tabs that share one stream; null: this one is alone. Default: those of this browser with the same server. */
  tabs?: ITabs | null;
}

/**
 * The events of the server, told while somebody holds the stream and the tab is visible. Six open streams would use up the browser's
 * connections to the server, so of all visible tabs one reads the stream and tells the others. After a break it resumes where it
 * stopped.
 */
export class EventStream implements IDisposable {
  constructor(options: IEventStreamOptions) {
    const { tabs = findTabs(`jupyterlab-datalad ${options.settings.baseUrl}`), ...rest } = options;
    this.options = { grace: 10_000, linger: 2_000, backOff: 1_000, ...rest };
    this.tabs = tabs;
    if (tabs !== null) {
      tabs.onMessage = message => this.hear(message);
    }
    document.addEventListener('visibilitychange', this.onVisibility);
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Keeps the stream open until disposed. */
  hold(): IDisposable {
    this.holders += 1;
    this.update();
    return new DisposableDelegate(() => {
      // Views come and go in one breath: the stream outlasts the change.
      setTimeout(() => {
        this.holders -= 1;
        this.update();
      }, this.options.linger);
    });
  }

  dispose(): void {
    this.disposed = true;
    document.removeEventListener('visibilitychange', this.onVisibility);
    clearTimeout(this.hiding);
    this.close();
    this.tabs?.dispose();
  }

  private update(): void {
    const wanted = !this.disposed && this.holders > 0 && !this.hidden;
    if (!wanted) {
      this.close();
    } else if (this.running === null) {
      this.running = new AbortController();
      void this.begin(this.running.signal);
    }
  }

  private async begin(signal: AbortSignal): Promise<void> {
    if (this.missed) {
      this.missed = false;
      this.options.emit({ type: 'hello', server: '', gap: true });
    }
    const work = (turn: AbortSignal): Promise<void> => this.run(turn);
    await (this.tabs === null ? work(signal) : this.tabs.lead(signal, work));
  }

  /** What the tab that reads the stream tells. A tab that is not looked at only notes that there was something. */
  private hear({ id, data }: IMessage): void {
    if (this.running === null) {
      this.missed = true;
    } else {
      this.deliver(data);
      this.lastId = id ?? this.lastId;
    }
  }

  private close(): void {
    this.running?.abort();
    this.running = null;
  }

  private readonly onVisibility = (): void => {
    clearTimeout(this.hiding);
    if (document.visibilityState === 'visible') {
      this.hidden = false;
      this.update();
    } else {
      this.hiding = setTimeout(() => {
        this.hidden = true;
        this.update();
      }, this.options.grace);
    }
  };

  private async run(signal: AbortSignal): Promise<void> {
    let pause = 0;
    for (;;) {
      await sleep(pause, signal);
      if (signal.aborted) {
        return;
      }
      try {
        // The server ends a stream after a while, to find out who still listens: then there is no need to wait.
        const start = performance.now();
        await this.read(signal);
        pause = performance.now() - start > this.options.backOff ? 0 : this.longer(pause);
      } catch {
        // Whoever calls the server is told why it is not there; the stream only waits for its return.
        pause = this.longer(pause);
      }
    }
  }

  private longer(pause: number): number {
    return Math.min(Math.max(pause * 2, this.options.backOff), this.options.backOff * 30);
  }

  /** Reads until the stream ends; rejects when it breaks. */
  private async read(signal: AbortSignal): Promise<void> {
    const headers: Record<string, string> = this.lastId === null ? {} : { 'Last-Event-ID': this.lastId };
    const request = { route: 'events', method: 'GET', accept: 'text/event-stream', headers, signal } as const;
    const response = await send(this.options.settings, request);
    const parser = createParser({
      onEvent: ({ id, data }) => {
        this.deliver(data);
        this.lastId = id ?? this.lastId;
        this.tabs?.tell({ id, data });
      }
    });
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    for (let part = await reader?.read(); part?.done === false && !signal.aborted; part = await reader?.read()) {
      parser.feed(decoder.decode(part.value, { stream: true }));
    }
  }

  private deliver(data: string): void {
    const parsed = v.safeParse(ServerEvent, JSON.parse(data));
    // A newer server may tell of things this page does not know.
    if (!parsed.success) {
      return;
    }
    const event = parsed.output;
    // What was read before the first stream opened may be outdated already.
    this.options.emit(event.type === 'hello' && this.lastId === null ? { ...event, gap: true } : event);
  }

  private readonly options: Required<Omit<IEventStreamOptions, 'tabs'>>;
  private readonly tabs: ITabs | null;
  /** Other tabs were told something while nobody looked at this one. */
  private missed = false;
  private holders = 0;
  private hidden = document.visibilityState === 'hidden';
  private hiding: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | null = null;
  private lastId: string | null = null;
  private disposed = false;
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
