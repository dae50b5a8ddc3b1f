import { randomUUID } from 'node:crypto';
import type { ServerEvent } from '../../protocol/job';

/** An event with its place in the log. */
export interface IEntry {
  readonly id: string;
  /** The event as JSON: it is written once, however many streams carry it. */
  readonly data: string;
}

interface INumbered {
  readonly number: number;
  readonly data: string;
}

/** How much is remembered; the newest event always is. */
interface ICapacity {
  readonly events: number;
  /** Characters of JSON: an event carries a whole job, of which the input alone may take a megabyte. */
  readonly length: number;
}

const CAPACITY: ICapacity = { events: 2_000, length: 16 * 1024 * 1024 };

/**
 * The last events, so that a stream can take up where it broke off. An event makes earlier ones of the same job or folder
 * superfluous, so it takes their place: the log stays short, and a slow reader skips what is outdated instead of piling it up.
 */
export class EventLog {
  /** Ids begin with it; another one means another process, whose events nobody remembers. */
  readonly server = randomUUID().slice(0, 8);
  private readonly events = new Map<string, INumbered>();
  private readonly waiting = new Set<() => void>();
  private last = 0;
  private length = 0;
  /** Number of the newest event that was forgotten without a successor. */
  private forgotten = 0;

  private readonly capacity: ICapacity;

  constructor(capacity: Partial<ICapacity> = {}) {
    this.capacity = { ...CAPACITY, ...capacity };
  }

  /** Characters of JSON that are remembered. */
  get size(): number {
    return this.length;
  }

  add(event: ServerEvent): void {
    const key = subject(event);
    const data = JSON.stringify(event);
    this.last += 1;
    this.forget(key);
    this.events.set(key, { number: this.last, data });
    this.length += data.length;
    while (this.events.size > this.capacity.events || (this.length > this.capacity.length && this.events.size > 1)) {
      this.forgetOldest();
    }
    const wake = [...this.waiting];
    this.waiting.clear();
    wake.forEach(resume => resume());
  }

  /** The place of the newest event. */
  get end(): string {
    return this.idOf(this.last);
  }

  /** All events after a place, oldest first; null when the log cannot tell what came after it. */
  since(id: string): IEntry[] | null {
    const number = this.numberOf(id);
    if (number === null || number < this.forgotten || number > this.last) {
      return null;
    }
    const entries: IEntry[] = [];
    for (const entry of this.events.values()) {
      if (entry.number > number) {
        entries.push({ id: this.idOf(entry.number), data: entry.data });
      }
    }
    return entries;
  }

  /** Resolves at the next event, or when aborted. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = (): void => {
        this.waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      if (signal.aborted) {
        resolve();
        return;
      }
      signal.addEventListener('abort', done, { once: true });
      this.waiting.add(done);
    });
  }

  private forgetOldest(): void {
    const [oldest] = this.events;
    if (oldest !== undefined) {
      const [key, { number }] = oldest;
      this.forget(key);
      this.forgotten = number;
    }
  }

  private forget(key: string): void {
    this.length -= this.events.get(key)?.data.length ?? 0;
    this.events.delete(key);
  }

  private idOf(number: number): string {
    return `${this.server}-${number}`;
  }

  private numberOf(id: string): number | null {
    const [server, number] = id.split('-');
    return server === this.server && number !== undefined && /^\d{1,15}$/.test(number) ? Number(number) : null;
  }
}

/** Events of one subject replace each other. */
function subject(event: ServerEvent): string {
  switch (event.type) {
    case 'job':
      return `job ${event.job.id}`;
    case 'changed':
      return JSON.stringify([event.dataset, event.what, event.folder]);
    case 'hello':
      return 'hello';
  }
}
