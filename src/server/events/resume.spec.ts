import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { Hono } from 'hono';
import { inBatches } from '../../../tests/support/inBatches';
import { same } from '../../../tests/support/properties';
import type { ServerEvent } from '../../protocol/job';
import { contentsPath } from '../../protocol/paths';
import { EventLog } from './eventLog';
import { Streams } from './streams';

jest.setTimeout(1_200_000);

/** What happens to one reader: something changes, it reads, breaks off, comes back, or comes back with a place nobody knows. */
type Step = { add: string } | 'read' | 'break' | 'connect' | 'stranger';

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e').map(add => ({ add })) },
  { weight: 4, arbitrary: fc.constantFrom('read', 'break', 'connect') },
  fc.constant('stranger')
);
const BATCH = 100;
const cases = fc.array(fc.array(step, { maxLength: 25 }), { minLength: BATCH, maxLength: BATCH });

/** A browser's side of one stream: what it has read to its end, and by that the place it resumes at. */
class Reader {
  readonly seen: { id: string; event: ServerEvent }[] = [];
  lastId: string | null = null;
  private stream: ReadableStreamDefaultReader<Uint8Array> | null = null;
  private pending: ReturnType<ReadableStreamDefaultReader<Uint8Array>['read']> | null = null;
  private text = '';

  constructor(private readonly app: Hono) {}

  async connect(place = this.lastId): Promise<void> {
    await this.break();
    const headers: Record<string, string> = place === null ? {} : { 'Last-Event-ID': place };
    this.stream = (await this.app.request('/', { headers })).body?.getReader() ?? null;
  }

  /** Breaks off wherever it is, in the middle of an event, too. */
  async break(): Promise<void> {
    await this.stream?.cancel();
    this.stream = this.pending = null;
    this.text = '';
  }

  /** Reads one chunk, if there is one at this moment. */
  async read(): Promise<void> {
    this.pending ??= this.stream?.read() ?? null;
    const part = await Promise.race([this.pending, turn(null)]);
    if (part !== null) {
      this.pending = null;
      this.take(Buffer.from(part.value ?? []).toString());
    }
  }

  private take(chunk: string): void {
    const events = (this.text + chunk).split('\n\n');
    this.text = events.pop() ?? '';
    for (const text of events) {
      const [, data = '', id = ''] = /^data: (.*)\nid: (.*)$/s.exec(text) ?? [];
      this.lastId = id;
      this.seen.push({ id, event: JSON.parse(data) as ServerEvent });
    }
  }
}

async function play(steps: readonly Step[]): Promise<void> {
  const log = new EventLog({ events: 3 });
  const streams = new Streams({ log, listening: () => undefined, report: (_, message) => same(message, '') });
  const reader = new Reader(new Hono().get('/', context => streams.connect(context)));
  const told: string[] = [];
  for (const todo of steps) {
    if (typeof todo === 'object') {
      told.push(todo.add);
      log.add({ type: 'changed', dataset: null, what: 'folder', folder: contentsPath(todo.add) });
    } else {
      await {
        read: () => reader.read(),
        break: () => reader.break(),
        connect: () => reader.connect(),
        stranger: () => reader.connect('x-1')
      }[todo]();
    }
  }
  await reader.connect();
  for (let patience = 1_000; reader.lastId !== log.end && patience > 0; patience -= 1) {
    await reader.read();
  }
  same(reader.lastId, log.end);
  await reader.break();
  streams.dispose();
  check(reader.seen, told);
}

/** Each once and in order; and what was not seen was outdone by a later one that was, or by "read everything again". */
function check(seen: Reader['seen'], told: readonly string[]): void {
  const covered = told.map(() => false);
  let place = 0;
  seen.forEach(({ id, event }, at) => {
    const number = Number(id.split('-')[1]);
    if (event.type === 'hello') {
      // Who reads the first stream ever reads everything anyway.
      const everything = event.gap || at === 0;
      same(everything || number === place, true);
      covered.fill(true, 0, everything ? number : 0);
    } else {
      same(number > place, true);
      told.forEach((name, index) => (covered[index] ||= index < number && name === told[number - 1]));
    }
    place = number;
  });
  same(covered.indexOf(false), -1);
}

it('streams tell each event once and in order wherever a reader breaks off, or that it has to read everything again', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async lists => void (await Promise.all(lists.map(play)))),
    { ...inBatches(BATCH), endOnFailure: true }
  );
});
