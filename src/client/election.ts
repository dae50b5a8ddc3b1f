import { UUID } from '@lumino/coreutils';

/** What tabs say to each other about who does the work. */
interface IWord {
  /** `asks`: whoever leads, say so; `claims`: will lead if nobody objects; `leads`; `leaves`. */
  says: 'asks' | 'claims' | 'leads' | 'leaves';
  tab: string;
}

type Channel = Pick<BroadcastChannel, 'postMessage' | 'onmessage' | 'close'>;

/** Milliseconds between two signs of life of the tab that leads, and without one after which it counts as gone. */
const PULSE = 2_000;
const GONE = 3 * PULSE;
/** Milliseconds in which others may object. */
const OBJECTION = 250;

/**
 * Agrees with other tabs on one that leads, where the browser has no locks for pages: on plain http. Two may lead for a moment, when a
 * tab was asleep: the one with the greater id gives way.
 */
export class Election {
  constructor(
    private readonly channel: Channel,
    private readonly tab: string = UUID.uuid4()
  ) {
    channel.onmessage = ({ data }: MessageEvent<IWord>) => this.hear(data);
  }

  /** Does the work in this tab's turn, until aborted; a turn that is lost to another tab is waited for again. */
  async lead(signal: AbortSignal, work: (turn: AbortSignal) => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      if (await this.isFree(signal)) {
        await this.take(signal, work);
      } else {
        await this.pause(GONE, signal);
      }
    }
  }

  dispose(): void {
    this.channel.close();
  }

  private async isFree(signal: AbortSignal): Promise<boolean> {
    this.objected = false;
    this.claiming = true;
    this.say('asks');
    this.say('claims');
    await this.pause(OBJECTION, signal);
    this.claiming = false;
    return !this.objected && !signal.aborted;
  }

  private async take(signal: AbortSignal, work: (turn: AbortSignal) => Promise<void>): Promise<void> {
    const turn = new AbortController();
    const end = (): void => turn.abort();
    signal.addEventListener('abort', end, { once: true });
    this.turn = turn;
    const pulse = setInterval(() => this.say('leads'), PULSE);
    this.say('leads');
    try {
      await work(turn.signal);
    } finally {
      clearInterval(pulse);
      signal.removeEventListener('abort', end);
      this.turn = null;
      this.say('leaves');
    }
  }

  private hear({ says, tab }: IWord): void {
    const stronger = this.tab < tab;
    if (this.turn !== null && (says === 'asks' || (says === 'leads' && stronger))) {
      this.say('leads');
    } else if (this.turn !== null && says === 'leads') {
      this.turn.abort();
    } else if (this.claiming && (says === 'leads' || (says === 'claims' && !stronger))) {
      this.objected = true;
    } else if (this.claiming && says === 'claims') {
      this.say('claims');
    }
    if (says === 'leaves' || says === 'leads') {
      this.wake?.(says === 'leads');
    }
  }

  /** Waits; a tab that waits for its turn waits on as long as another says that it leads, and no longer once that one leaves. */
  private pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.wake = null;
        resolve();
      };
      let timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done, { once: true });
      this.wake = this.claiming
        ? null
        : leads => {
            clearTimeout(timer);
            timer = setTimeout(done, leads ? milliseconds : 0);
          };
    });
  }

  private say(says: IWord['says']): void {
    this.channel.postMessage({ says, tab: this.tab } satisfies IWord);
  }

  private turn: AbortController | null = null;
  private claiming = false;
  private objected = false;
  private wake: ((leads: boolean) => void) | null = null;
}
