import type { ServerConnection } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import * as v from 'valibot';
import { type CallInput, type CallName, type CallOutput, type JobInput, type JobName, calls } from '../protocol/contract';
import { type Answer, Job, JobReport, type ServerEvent } from '../protocol/job';
import type { IDataladClient } from '../tokens';
import { EventStream } from './eventStream';
import { ask, send } from './request';

const Started = v.object({ id: v.string() });
const JobList = v.array(Job);

/** The Node server behind Jupyter's own connection. It asks for nothing before a method is called. */
export class DataladClient implements IDataladClient, IDisposable {
  constructor(private readonly settings: ServerConnection.ISettings) {
    this.stream = new EventStream({ settings, emit: event => this._events.emit(event) });
  }

  get events(): ISignal<this, ServerEvent> {
    return this._events;
  }

  get isDisposed(): boolean {
    return this.stream.isDisposed;
  }

  listen(): IDisposable {
    return this.stream.hold();
  }

  call<N extends CallName>(name: N, input: CallInput<N>, signal?: AbortSignal): Promise<CallOutput<N>> {
    // The table's entry belongs to N, which TypeScript cannot carry through the index.
    const schema = calls[name].output as unknown as v.GenericSchema<unknown, CallOutput<N>>;
    return ask(this.settings, { route: `call/${name}`, method: 'POST', body: input, signal }, schema);
  }

  async start<N extends JobName>(name: N, input: JobInput<N>): Promise<string> {
    const body = { operation: name, input };
    return (await ask(this.settings, { route: 'jobs', method: 'POST', body }, Started)).id;
  }

  list(): Promise<Job[]> {
    return ask(this.settings, { route: 'jobs', method: 'GET' }, JobList);
  }

  report(id: string): Promise<JobReport> {
    return ask(this.settings, { route: 'call/job', method: 'POST', body: { id } }, JobReport);
  }

  async cancel(id: string): Promise<void> {
    await send(this.settings, { route: `jobs/${encodeURIComponent(id)}`, method: 'DELETE' });
  }

  async answer(id: string, answer: Answer): Promise<void> {
    await send(this.settings, { route: `jobs/${encodeURIComponent(id)}/answer`, method: 'POST', body: answer });
  }

  dispose(): void {
    this.stream.dispose();
    Signal.clearData(this);
  }

  private readonly stream: EventStream;
  private readonly _events = new Signal<this, ServerEvent>(this);
}
