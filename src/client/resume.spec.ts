import { ReadableStream } from 'node:stream/web';
import fc from 'fast-check';
import { inBatches } from '../../tests/support/inBatches';
import { same } from '../../tests/support/properties';
import type { ServerEvent } from '../protocol/job';
import { EventStream } from './eventStream';
import { type IExchange, json, makeSettings } from './network.fixtures';
import type { IMessage, ITabs } from './tabs';

jest.setTimeout(1_200_000);

/** What happens: something changes, the network breaks, the server forgets or is away for a moment, a tab comes or goes. */
type Step = 'change' | 'break' | 'forget' | 'away' | 'leave' | 'come' | 'wait';

const step = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Step>('change') },
  { weight: 6, arbitrary: fc.constantFrom<Step>('break', 'forget', 'away', 'leave', 'come', 'wait') }
);
const BATCH = 100;
const cases = fc.array(fc.array(step, { maxLength: 14 }), { minLength: BATCH, maxLength: BATCH });

/** A server that keeps its events, numbered from 1; a stream of it breaks in the middle of one. */
class Server {
  private readonly encoder = new TextEncoder();
  private readonly open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly settings = makeSettings(exchange => this.answer(exchange)).settings;
  last = 0;
  /** Events up to here are forgotten. */
  private forgotten = 0;
  private away = false;

  do(what: Step): void {
    this.away = what === 'away';
    this.forgotten = what === 'forget' ? this.last : this.forgotten;
    if (what === 'change') {
      this.last += 1;
      this.open.forEach(stream => stream.enqueue(this.encoder.encode(changed(this.last))));
    } else if (what !== 'wait' && what !== 'leave' && what !== 'come') {
      this.open.forEach(stream => {
        stream.enqueue(this.encoder.encode(changed(this.last + 1).slice(0, 40)));
        stream.error(new Error('broken'));
      });
      this.open.clear();
    }
  }

  private answer({ method, headers, signal }: IExchange): Response {
    if (method === 'DELETE') {
      return json({});
    }
    if (this.away) {
      this.away = false;
      return new Response('', { status: 502 });
    }
    const given = headers.get('Last-Event-ID');
    const covered = given !== null && Number(given) >= this.forgotten;
    const from = covered ? Number(given) : this.last;
    const hello = `id: ${from}\ndata: ${JSON.stringify({ type: 'hello', server: 's', gap: given !== null && !covered })}\n\n`;
    const missed = Array.from({ length: this.last - from }, (_, at) => changed(from + at + 1));
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        this.open.add(controller);
        controller.enqueue(this.encoder.encode([hello, ...missed].join('')));
        signal.addEventListener('abort', () => {
          if (this.open.delete(controller)) {
            controller.error(new Error('aborted'));
          }
        });
      }
    });
    // The Response of this environment has no streams.
    return { ok: true, status: 200, body } as unknown as Response;
  }
}

function changed(number: number): string {
  return `id: ${number}\ndata: ${JSON.stringify({ type: 'changed', dataset: `d${number}`, what: 'state' })}\n\n`;
}

/** The tabs of one browser: jsdom has neither locks nor channels. */
class Browser {
  private readonly tabs = new Set<ITabs>();
  private turn = Promise.resolve();

  tab(): ITabs {
    const tab: ITabs = {
      lead: (signal, work) => (this.turn = this.turn.then(() => (signal.aborted ? undefined : work(signal)))),
      tell: (message: IMessage) => this.tabs.forEach(other => (other === tab ? undefined : other.onMessage(message))),
      onMessage: () => undefined,
      dispose: () => this.tabs.delete(tab)
    };
    this.tabs.add(tab);
    return tab;
  }
}

interface IView {
  stream: EventStream;
  /** Numbers of the changes that were told, and 0 for "read everything again", each with how many there were by then. */
  told: { number: number; last: number }[];
  /** How many changes there were when it came: it reads everything then. */
  since: number;
}

async function play(steps: readonly Step[]): Promise<void> {
  const server = new Server();
  const browser = new Browser();
  const views: IView[] = [];
  const come = (): void => {
    const told: IView['told'] = [];
    const emit = (event: ServerEvent): void => {
      const number = event.type === 'changed' ? Number(event.dataset?.slice(1)) : 0;
      if (number > 0 || (event.type === 'hello' && event.gap)) {
        told.push({ number, last: server.last });
      }
    };
    const stream = new EventStream({ settings: server.settings, emit, backOff: 0, grace: 0, linger: 0, tabs: browser.tab() });
    views.push({ stream, told, since: server.last });
    stream.hold();
  };
  come();
  for (const what of steps) {
    if (what === 'come') {
      come();
    } else if (what === 'leave' && views.length > 1) {
      views.shift()?.stream.dispose();
    }
    server.do(what);
    await soon();
  }
  server.do('change');
  for (let patience = 200; patience > 0 && views.some(({ told }) => !knows(told, server.last)); patience -= 1) {
    await soon();
  }
  views.forEach(({ stream }) => stream.dispose());
  views.forEach(view => check(view, server.last));
}

const soon = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0));

function knows(told: IView['told'], last: number): boolean {
  return told.some(item => item.number === last || (item.number === 0 && item.last >= last));
}

/** Each change once and in order, and none left out unless it was told to read everything again. */
function check({ told, since }: IView, last: number): void {
  let place = 0;
  for (const { number } of told.filter(item => item.number > 0)) {
    same(number > place, true);
    place = number;
  }
  for (let number = since + 1; number <= last; number += 1) {
    same([number, told.some(item => item.number === number || (item.number === 0 && item.last >= number))], [number, true]);
  }
}

test('each tab hears each change once and in order, whatever breaks and whichever tab reads, or that it has to read again', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async lists => void (await Promise.all(lists.map(play)))),
    { ...inBatches(BATCH), endOnFailure: true }
  );
});
