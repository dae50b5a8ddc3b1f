import { ReadableStream } from 'node:stream/web';
import type { ServerEvent } from '../protocol/job';
import { EventStream } from './eventStream';
import { type IExchange, makeSettings } from './network.fixtures';
import type { IMessage, ITabs } from './tabs';

/** A server whose streams the test feeds. */
class StreamingServer {
  readonly streams: { exchange: IExchange; send: (text: string) => void; end: () => void }[] = [];
  readonly events: ServerEvent[] = [];
  down = false;
  private waiting: (() => void)[] = [];

  readonly settings = makeSettings(exchange => this.answer(exchange)).settings;

  open(options: Partial<ConstructorParameters<typeof EventStream>[0]> = {}): EventStream {
    return new EventStream({
      settings: this.settings,
      emit: event => {
        this.events.push(event);
        this.wake();
      },
      grace: 20,
      linger: 0,
      backOff: 20,
      ...options
    });
  }

  /** How many streams were ended by the page. */
  get closed(): number {
    return this.streams.filter(({ exchange }) => exchange.signal.aborted).length;
  }

  /** Resolves once something holds; checked whenever the server or the stream does something. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
  }

  private answer(exchange: IExchange): Response {
    if (this.down) {
      this.wake();
      return new Response('', { status: 502 });
    }
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        exchange.signal.addEventListener('abort', () => {
          controller.error(new Error('aborted'));
          this.wake();
        });
        this.streams.push({
          exchange,
          send: text => controller.enqueue(encoder.encode(text)),
          end: () => controller.close()
        });
      }
    });
    this.wake();
    // The Response of this environment has no streams.
    return { ok: true, status: 200, body } as unknown as Response;
  }

  private wake(): void {
    this.waiting.splice(0).forEach(resolve => resolve());
  }
}

const hello = 'id: s-1\ndata: {"type":"hello","server":"s","gap":false}\n\n';

function setVisibility(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}

let server: StreamingServer;
let stream: EventStream;

beforeEach(() => {
  server = new StreamingServer();
});

afterEach(() => {
  stream.dispose();
  setVisibility('visible');
});

test('it opens when somebody listens, asks to be streamed, and closes with the last of them', async () => {
  stream = server.open();
  expect(server.streams).toHaveLength(0);
  const [one, two] = [stream.hold(), stream.hold()];
  await server.until(() => server.streams.length === 1);
  expect(server.streams[0]?.exchange.headers.get('Accept')).toBe('text/event-stream');
  expect(server.streams[0]?.exchange.method).toBe('GET');
  one.dispose();
  two.dispose();
  await server.until(() => server.closed === 1);
  expect(server.streams).toHaveLength(1);
});

test('events arrive whole, however the bytes are cut, and unknown ones are passed over', async () => {
  stream = server.open();
  stream.hold();
  await server.until(() => server.streams.length === 1);
  const text = `${hello}data: {"type":"from-the-future"}\n\nid: s-2\ndata: {"type":"changed","dataset":"é","what":"state"}\n\n`;
  for (const letter of text) {
    server.streams[0]?.send(letter);
  }
  await server.until(() => server.events.length === 2);
  expect(server.events[1]).toEqual({ type: 'changed', dataset: 'é', what: 'state' });
});

test('the first stream counts as a gap, since what was read before may be outdated; a resumed one does not', async () => {
  stream = server.open();
  stream.hold();
  await server.until(() => server.streams.length === 1);
  server.streams[0]?.send(hello);
  await server.until(() => server.events.length === 1);
  server.streams[0]?.end();
  await server.until(() => server.streams.length === 2);
  expect(server.streams[1]?.exchange.headers.get('Last-Event-ID')).toBe('s-1');
  server.streams[1]?.send(hello);
  await server.until(() => server.events.length === 2);
  expect(server.events).toEqual([
    { type: 'hello', server: 's', gap: true },
    { type: 'hello', server: 's', gap: false }
  ]);
});

test('it comes back after the server was away', async () => {
  server.down = true;
  stream = server.open();
  stream.hold();
  await server.until(() => true);
  server.down = false;
  await server.until(() => server.streams.length === 1);
  expect(server.streams).toHaveLength(1);
});

test('a hidden tab gives its connection back after a while, a visible one takes it again', async () => {
  stream = server.open();
  stream.hold();
  await server.until(() => server.streams.length === 1);
  setVisibility('hidden');
  await server.until(() => server.closed === 1);
  setVisibility('visible');
  await server.until(() => server.streams.length === 2);
  expect(server.streams).toHaveLength(2);
});

test('a tab that is hidden for a moment only keeps its stream', async () => {
  stream = server.open({ grace: 60_000 });
  stream.hold();
  await server.until(() => server.streams.length === 1);
  setVisibility('hidden');
  setVisibility('visible');
  server.streams[0]?.send(hello);
  await server.until(() => server.events.length === 1);
  expect(server.closed).toBe(0);
  expect(server.streams).toHaveLength(1);
});

/** The tabs of one browser: jsdom has neither locks nor channels. */
class Browser {
  private readonly open: ITabs[] = [];
  private turn = Promise.resolve();

  tab(): ITabs {
    const tab: ITabs = {
      lead: (signal, work) => (this.turn = this.turn.then(() => (signal.aborted ? undefined : work(signal)))),
      tell: (message: IMessage) => this.open.filter(other => other !== tab).forEach(other => other.onMessage(message)),
      onMessage: () => undefined,
      dispose: () => this.open.splice(this.open.indexOf(tab), 1)
    };
    this.open.push(tab);
    return tab;
  }
}

test('of all tabs one reads the stream and tells the others; when it is left, the next goes on where it stopped', async () => {
  const browser = new Browser();
  stream = server.open({ tabs: browser.tab() });
  const second = server.open({ tabs: browser.tab() });
  const first = stream.hold();
  second.hold();
  await server.until(() => server.streams.length === 1);
  server.streams[0]?.send(`${hello}id: s-2\ndata: {"type":"changed","dataset":"a","what":"state"}\n\n`);
  await server.until(() => server.events.length === 4);
  expect(server.events.filter(({ type }) => type === 'changed')).toHaveLength(2);
  expect(server.streams).toHaveLength(1);
  first.dispose();
  await server.until(() => server.streams.length === 2);
  expect(server.closed).toBe(1);
  expect(server.streams[1]?.exchange.headers.get('Last-Event-ID')).toBe('s-2');
  second.dispose();
});

test('a tab that was not looked at while the others were told something reads everything again', async () => {
  const browser = new Browser();
  const reader = server.open({ tabs: browser.tab() });
  reader.hold();
  await server.until(() => server.streams.length === 1);
  stream = server.open({ tabs: browser.tab() });
  server.streams[0]?.send('id: s-2\ndata: {"type":"changed","dataset":"a","what":"state"}\n\n');
  await server.until(() => server.events.length === 1);
  stream.hold();
  await server.until(() => server.events.length === 2);
  expect(server.events[1]).toMatchObject({ type: 'hello', gap: true });
  reader.dispose();
});
