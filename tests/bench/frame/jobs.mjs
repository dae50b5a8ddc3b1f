/** Jobs of a server, waited for as a tab does: by the events. */
export class Jobs {
  #ended = new Map();
  #waiting = new Map();

  constructor(server) {
    this.server = server;
  }

  static async of(server) {
    const jobs = new Jobs(server);
    await server.listen(event => jobs.#hear(event));
    return jobs;
  }

  #hear({ type, job }) {
    if (type === 'job' && job.state !== 'queued' && job.state !== 'running') {
      this.#ended.set(job.id, job);
      this.#waiting.get(job.id)?.(job);
    }
  }

  /** Starts a job and gives the milliseconds until its end is told; throws when it did not end well. */
  async time(operation, input) {
    const start = performance.now();
    const id = await this.server.start(operation, input);
    const job = this.#ended.get(id) ?? (await new Promise(resolve => this.#waiting.set(id, resolve)));
    const time = performance.now() - start;
    if (job.state !== 'ok') {
      throw new Error(`${operation} ended with ${job.state}: ${JSON.stringify(job.failure)}`);
    }
    return time;
  }
}
