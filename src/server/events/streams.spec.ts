import { setTimeout as pause } from 'node:timers/promises';
import { Hono } from 'hono';
import type { ServerEvent } from '../../protocol/job';
import { contentsPath } from '../../protocol/paths';
import { EventLog } from './eventLog';
import { Streams } from './streams';

function change(folder: string): ServerEvent {
  return { type: 'changed', dataset: null, what: 'folder', folder: contentsPath(folder) };
}

/** Streams behind a route, with what they told of their listeners. */
function setUp(options: { heartbeat?: number; maxAge?: number } = {}) {
  const log = new EventLog();
  const listening: boolean[] = [];
  const streams = new Streams({ log, listening: anyone => listening.push(anyone), report: () => undefined, ...options });
  const app = new Hono().get('/events', context => streams.connect(context));
  const connect = async (headers: Record<string, string> = {}) => new Reader(await app.request('/events', { headers }));
  return { log, listening, streams, connect };
}

/** Reads a stream as text. */
class Reader {
  text = '';
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(response: Response) {
    this.reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  }

  async until(what: string): Promise<void> {
    while (!this.text.includes(what)) {
      const { value, done } = await this.reader.read();
      if (done) {
        throw new Error(`the stream ended without ${what}: ${this.text}`);
      }
      this.text += Buffer.from(value).toString();
    }
  }

  /** Reads the rest. */
  async end(): Promise<void> {
    for (let part = await this.reader.read(); !part.done; part = await this.reader.read()) {
      this.text += Buffer.from(part.value).toString();
    }
  }

  close(): Promise<void> {
    return this.reader.cancel();
  }
}

describe('Streams', () => {
  it('begin with hello and then tell what happens, to everyone', async () => {
    const { log, connect, listening, streams } = setUp();
    log.add(change('before'));
    const [one, other] = [await connect(), await connect()];
    await one.until('"hello"');
    await other.until('"hello"');
    log.add(change('after'));
    await one.until('"after"');
    await other.until('"after"');
    expect(one.text).not.toContain('"before"');
    expect(one.text).toContain(`id: ${log.end}`);
    await one.close();
    streams.dispose();
    await other.end();
    await pause(0);
    expect(listening).toEqual([true, false]);
    expect(streams.size).toBe(0);
  });

  it('take up where they broke off, or say that they cannot', async () => {
    const { log, connect, streams } = setUp();
    log.add(change('first'));
    const place = log.end;
    log.add(change('second'));
    const resumed = await connect({ 'Last-Event-ID': place });
    await resumed.until('"second"');
    expect(resumed.text).toContain('"gap":false');
    expect(resumed.text).not.toContain('"first"');
    const lost = await connect({ 'Last-Event-ID': 'of-another-server-3' });
    await lost.until('"gap":true');
    streams.dispose();
    await Promise.all([resumed.end(), lost.end()]);
  });

  it('show that they live, and end of old age', async () => {
    const { connect, listening } = setUp({ heartbeat: 5, maxAge: 100 });
    const reader = await connect();
    await reader.until(': still here\n\n');
    await reader.end();
    await pause(0);
    expect(listening).toEqual([true, false]);
  });

  it('end when the proxy says that their reader is gone', async () => {
    const { connect, streams } = setUp();
    const reader = await connect({ 'X-DataLad-Stream': 'abc' });
    await reader.until('"hello"');
    streams.close('no-such-stream');
    expect(streams.size).toBe(1);
    streams.close('abc');
    await reader.end();
    expect(streams.size).toBe(0);
  });

  it('give way to new ones when there are far too many', async () => {
    const { connect, streams } = setUp();
    const readers = await Promise.all(Array.from({ length: 60 }, () => connect()));
    await readers[0]?.end();
    expect(streams.size).toBeLessThanOrEqual(51);
    streams.dispose();
    await Promise.all(readers.slice(1).map(reader => reader.end()));
    expect(streams.size).toBe(0);
  });
});
