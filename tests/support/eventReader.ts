import { type ClientRequest, request as start } from 'node:http';
import { createParser } from 'eventsource-parser';
import * as v from 'valibot';
import { ServerEvent } from '../../src/protocol/job';
import type { Address, IExchange } from './http';
import { until } from './until';

/** One open event stream. */
export class EventReader {
  readonly events: ServerEvent[] = [];
  /** Id of the last event. */
  lastId = '';
  status = 0;
  ended = false;
  private readonly request: ClientRequest;

  constructor(address: Address, { path, headers = {} }: IExchange) {
    const parser = createParser({
      onEvent: ({ id, data }) => {
        this.lastId = id ?? this.lastId;
        this.events.push(v.parse(ServerEvent, JSON.parse(data)));
      }
    });
    // Exactly this: the proxy holds back everything otherwise.
    const all = { Accept: 'text/event-stream', ...headers };
    this.request = start({ ...address, path, headers: all, agent: false }, response => {
      this.status = response.statusCode ?? 0;
      response.setEncoding('utf8');
      response.on('data', (text: string) => parser.feed(text));
      response.on('error', () => (this.ended = true));
      response.on('end', () => (this.ended = true));
    });
    this.request.on('error', () => (this.ended = true));
    this.request.end();
  }

  /** Waits for an event that fits and answers it. */
  next(fits: (event: ServerEvent) => boolean): Promise<ServerEvent> {
    return until('an event', () => this.events.find(fits));
  }

  close(): void {
    this.request.destroy();
  }
}
