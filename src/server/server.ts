import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './web/app';
import { ActivityFile } from './activityFile';
import { EventLog } from './events/eventLog';
import { Streams } from './events/streams';
import { JobRegistry } from './jobs/jobRegistry';
import type { ILog } from './log';
import { createOperations, type IOperations } from './operations';
import type { IServerOptions } from './options';
import type { Redactor } from './redact';

export interface IRunningServer {
  /** Ends streams and jobs and stops to listen. */
  close(): Promise<void>;
}

/** Starts the server on its Unix socket; resolves once it listens. */
export async function startServer(options: IServerOptions, log: ILog, redactor: Redactor): Promise<IRunningServer> {
  const events = new EventLog();
  const activity = new ActivityFile(options.socket);
  const operations: IOperations = createOperations({
    server: options,
    log,
    emit: event => events.add(redactor.value(event)),
    witness: job => registry.witness(job),
    report: id => registry.report(id),
    list: () => registry.list()
  });
  const registry: JobRegistry = new JobRegistry({
    handlers: operations.jobs,
    redactor,
    log,
    tell: job => events.add({ type: 'job', job }),
    treeOf: path => operations.treeOf(path),
    admit: (name, input) => operations.admit(name, input),
    begun: job => operations.begun(job),
    ended: job => operations.ended(job),
    busy: busy => (activity.busy = busy),
    journal: operations.journal
  });
  const recover = (): void => void operations.recover((job, done) => registry.adopt(job, done));
  const streams = new Streams({
    log: events,
    listening: anyone => {
      operations.listening(anyone);
      if (anyone) {
        // Another server of this user may have been killed since.
        recover();
      }
    },
    report: log
  });
  const app = createApp({ calls: operations.calls, jobs: registry, streams, redactor, log });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  if (!('closeAllConnections' in server)) {
    throw new Error('An HTTP/1 server was expected.');
  }
  await listen(server, options.socket);
  recover();
  return {
    close: async () => {
      streams.dispose();
      registry.dispose();
      await operations.dispose();
      server.close();
      server.closeAllConnections();
    }
  };
}

/** Listens where only this user can connect, also when the folder around is not private. */
async function listen(server: Server, socket: string): Promise<void> {
  // A server that was killed leaves its socket behind, and the next one is started on the same path.
  await rm(socket, { force: true });
  const listening = once(server, 'listening');
  const before = process.umask(0o177);
  // Bound before it returns, so that no other file is made under this umask.
  // Who finds the queue full is turned away at once on such a socket: it is longer than Node's 511.
  server.listen({ path: socket, backlog: 4_096 });
  process.umask(before);
  await listening;
  await chmod(socket, 0o600);
}
