import { calls, GUARD_HEADER, jobs } from '../../protocol/contract';
import { createApp } from './app';
import { EventLog } from '../events/eventLog';
import { Streams } from '../events/streams';
import type { CallHandlers, JobHandlers } from '../handlers';
import { JobRegistry } from '../jobs/jobRegistry';
import { Redactor } from '../redact';

/** What an app of {@link openApp} is used through. */
export interface IOpenApp {
  /** A request as the frontend sends it, unless told otherwise: a POST. */
  send(path: string, init?: RequestInit): Promise<Response>;
  /** What reached an operation. */
  readonly reached: { name: string; input: unknown }[];
  /** What was logged as an error. */
  readonly errors: unknown[];
}

/** An app whose operations only write down what reached them, and answer with what is given here. */
export function openApp(answers: Record<string, unknown> = {}): IOpenApp {
  const reached: IOpenApp['reached'] = [];
  const redactor = new Redactor();
  const errors: unknown[] = [];
  const log = (level: string, ...rest: unknown[]): unknown => level === 'error' && errors.push(rest);
  const handlers = (names: string[]): unknown =>
    Object.fromEntries(
      names.map(name => [
        name,
        async (input: unknown) => {
          reached.push({ name, input });
          return answers[name];
        }
      ])
    );
  const registry = new JobRegistry({
    handlers: handlers(Object.keys(jobs)) as JobHandlers,
    redactor,
    log,
    tell: () => undefined,
    treeOf: async path => path,
    admit: async () => undefined,
    begun: () => undefined,
    ended: () => undefined,
    busy: () => undefined,
    journal: { queued: async () => undefined, begins: async () => undefined, remove: async () => undefined }
  });
  const streams = new Streams({ log: new EventLog(), listening: () => undefined, report: log });
  const app = createApp({ calls: handlers(Object.keys(calls)) as CallHandlers, jobs: registry, streams, redactor, log });
  const send = async (path: string, init: RequestInit = {}): Promise<Response> =>
    app.request(`http://localhost${path}`, {
      method: 'POST',
      ...init,
      headers: { Host: 'localhost', 'Content-Type': 'application/json', [GUARD_HEADER]: '1', ...init.headers }
    });
  return { send, reached, errors };
}
