import { Election } from './election';

type Channel = ConstructorParameters<typeof Election>[0];

/** Channels of one browser: each hears what the others say, a moment later. */
class Browser {
  private readonly channels = new Set<Channel>();

  open(): Channel {
    const channel: Channel = {
      onmessage: null,
      postMessage: data => {
        const others = [...this.channels].filter(other => other !== channel);
        setTimeout(() => others.forEach(other => other.onmessage?.call(other as BroadcastChannel, { data } as MessageEvent)), 1);
      },
      close: () => this.channels.delete(channel)
    };
    this.channels.add(channel);
    return channel;
  }

  /** A tab that dies without a word. */
  kill(channel: Channel): void {
    this.channels.delete(channel);
    channel.postMessage = () => undefined;
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));

function makeTabs(names: string[]) {
  const browser = new Browser();
  const leading = new Set<string>();
  const tabs = names.map(name => {
    const channel = browser.open();
    const abort = new AbortController();
    const election = new Election(channel, name);
    const start = (): void =>
      void election.lead(abort.signal, async turn => {
        leading.add(name);
        await aborted(turn);
        leading.delete(name);
      });
    return { name, start, leave: () => abort.abort(), die: () => browser.kill(channel) };
  });
  return { tabs, leading };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('of tabs that start together one leads; when it leaves, another follows at once', async () => {
  const { tabs, leading } = makeTabs(['c', 'a', 'b']);
  tabs.forEach(({ start }) => start());
  await jest.advanceTimersByTimeAsync(1_000);
  expect([...leading]).toEqual(['a']);
  await jest.advanceTimersByTimeAsync(60_000);
  expect([...leading]).toEqual(['a']);
  tabs.find(({ name }) => name === 'a')?.leave();
  await jest.advanceTimersByTimeAsync(1_000);
  expect([...leading]).toEqual(['b']);
});

test('who leads is not replaced by one that comes later', async () => {
  const { tabs, leading } = makeTabs(['b', 'a']);
  tabs[0]?.start();
  await jest.advanceTimersByTimeAsync(1_000);
  tabs[1]?.start();
  await jest.advanceTimersByTimeAsync(20_000);
  expect([...leading]).toEqual(['b']);
});

test('one that died without a word is followed some seconds later', async () => {
  const { tabs, leading } = makeTabs(['a', 'b']);
  tabs.forEach(({ start }) => start());
  await jest.advanceTimersByTimeAsync(1_000);
  tabs[0]?.die();
  leading.delete('a');
  await jest.advanceTimersByTimeAsync(8_000);
  expect([...leading]).toEqual(['b']);
});
