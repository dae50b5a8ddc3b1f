import { GUARD_HEADER, GUARD_VALUE } from '../../src/protocol/contract';
import type { Job, JobReport } from '../../src/protocol/job';
import { EventReader } from './eventReader';
import { type Address, exchange, type IAnswer, type IExchange } from './http';
import { until } from './until';

/** Speaks with a server as the extension's frontend does. */
export abstract class ServerClient {
  protected constructor(
    readonly address: Address,
    /** What stands before the routes. */
    private readonly prefix: string
  ) {}

  /** Headers of every request: the host, and what a login gave. */
  protected abstract get identity(): Record<string, string>;

  /** A request as the frontend sends it, unless told otherwise. */
  request({ path, headers = {}, ...rest }: IExchange): Promise<IAnswer> {
    const own = { 'Content-Type': 'application/json', [GUARD_HEADER]: GUARD_VALUE, ...this.identity };
    return exchange(this.address, { path: this.prefix + path, headers: { ...own, ...headers }, ...rest });
  }

  call(operation: string, input: unknown): Promise<IAnswer> {
    return this.request({ method: 'POST', path: `call/${operation}`, body: JSON.stringify(input) });
  }

  post(operation: string, input: unknown): Promise<IAnswer> {
    return this.request({ method: 'POST', path: 'jobs', body: JSON.stringify({ operation, input }) });
  }

  /** Starts a job and answers its id. */
  async start(operation: string, input: unknown): Promise<string> {
    const answer = await this.post(operation, input);
    if (answer.status !== 202) {
      throw new Error(`${operation} was refused: ${answer.text}`);
    }
    return (answer.json() as { id: string }).id;
  }

  async jobs(): Promise<Job[]> {
    return (await this.request({ path: 'jobs' })).json() as Job[];
  }

  async report(id: string): Promise<JobReport> {
    return (await this.call('job', { id })).json() as JobReport;
  }

  /** Waits until a job has ended. */
  end(id: string): Promise<Job> {
    return until(`the end of job ${id}`, async () =>
      (await this.jobs()).find(entry => entry.id === id && entry.ended !== undefined)
    );
  }

  events(headers: Record<string, string> = {}): EventReader {
    return new EventReader(this.address, { path: `${this.prefix}events`, headers: { ...this.identity, ...headers } });
  }
}
