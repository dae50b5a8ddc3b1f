import { Election } from './election';

/** One event as tabs pass it on: its id for resuming, its data as the server sent it. */
export interface IMessage {
  id?: string;
  data: string;
}

/** The other tabs of this browser that show the same JupyterLab. */
export interface ITabs {
  /** Does the work while no other tab does, until its turn is over; waits for its turn until aborted. */
  lead(signal: AbortSignal, work: (turn: AbortSignal) => Promise<void>): Promise<void>;
  /** Tells all other tabs. */
  tell(message: IMessage): void;
  /** Called with what another tab tells. */
  onMessage: (message: IMessage) => void;
  dispose(): void;
}

/** The tabs that share a name; null where the browser has no channel between tabs: each is then alone. */
export function findTabs(name: string): ITabs | null {
  if (typeof BroadcastChannel === 'undefined') {
    return null;
  }
  const channel = new BroadcastChannel(name);
  const turns = 'locks' in navigator ? lockTurns(name) : new Election(new BroadcastChannel(`${name} election`));
  const tabs: ITabs = {
    lead: (signal, work) => turns.lead(signal, work),
    tell: message => channel.postMessage(message),
    onMessage: () => undefined,
    dispose: () => {
      channel.close();
      turns.dispose();
    }
  };
  channel.onmessage = ({ data }: MessageEvent<IMessage>) => tabs.onMessage(data);
  return tabs;
}

/** Turns by the browser's own locks, which it hands on when a tab is closed or crashes, too. Plain http has none, but for localhost. */
function lockTurns(name: string): Pick<ITabs, 'lead' | 'dispose'> {
  return {
    lead: async (signal, work) => {
      try {
        await navigator.locks.request(name, { signal }, () => work(signal));
      } catch (error) {
        if (!signal.aborted) {
          throw error;
        }
      }
    },
    dispose: () => undefined
  };
}
