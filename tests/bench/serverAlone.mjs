import { spawn } from 'node:child_process';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root as project } from '../../scripts/lib/paths.mjs';

const HEADERS = { 'Content-Type': 'application/json', 'X-DataLad-Request': '1', Host: 'localhost', Origin: 'http://localhost' };

/** The Node server by itself, as `python -m jupyterlab_datalad serve` starts it, but from the bundle that users get. */
export class ServerAlone {
  #agent = new Agent({ keepAlive: true });

  constructor(child, folder) {
    this.child = child;
    this.folder = folder;
    this.socket = join(folder, 'socket');
  }

  /** Starts it with `root` as contents root and waits until it answers. */
  static async start(bench, root) {
    const folder = await mkdtemp(join(tmpdir(), 'datalad-socket-'));
    const [[program, ...args], env] = await bench.serverCommand(root, join(folder, 'socket'));
    const server = new ServerAlone(spawn(program, args, { cwd: project, env, stdio: 'ignore' }), folder);
    await server.#untilItAnswers();
    return server;
  }

  async #untilItAnswers() {
    const end = Date.now() + 30_000;
    for (;;) {
      try {
        return await this.#send('GET', '/jobs');
      } catch (error) {
        if (error.answered || this.child.exitCode !== null || Date.now() > end) {
          throw error;
        }
        await wait(10);
      }
    }
  }

  /** A short read; gives the output. */
  call(operation, input) {
    return this.#send('POST', `/call/${operation}`, input);
  }

  /** A job; gives its id. */
  async start(operation, input) {
    return (await this.#send('POST', '/jobs', { operation, input })).id;
  }

  /** Milliseconds that the quickest of requests takes: much more than usual while something keeps the server from answering. */
  async lag() {
    const start = performance.now();
    await this.#send('GET', '/jobs');
    return performance.now() - start;
  }

  /** Opens the stream of events, as a visible tab does; `hear` gets each event. Gives what closes it; ends with the server. */
  async listen(hear = () => undefined) {
    return await new Promise((resolve, reject) => {
      const options = {
        socketPath: this.socket,
        path: '/events',
        headers: { Host: 'localhost', Accept: 'text/event-stream' },
        agent: false
      };
      const sent = request(options, response => {
        let text = '';
        response.on('error', () => undefined);
        response.on('data', part => {
          text += part;
          const blocks = text.split('\n\n');
          text = blocks.pop();
          const lines = blocks.flatMap(block => block.split('\n')).filter(line => line.startsWith('data:'));
          lines
            .map(line => line.slice(5).trim())
            .filter(Boolean)
            .forEach(line => hear(JSON.parse(line)));
        });
        resolve(() => sent.destroy());
      });
      sent.once('error', reject);
      sent.end();
    });
  }

  /** Megabytes of main memory in use by the server's process. */
  async memory() {
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
  }

  async stop() {
    const closed = new Promise(resolve => this.child.once('close', resolve));
    this.#agent.destroy();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM');
      await closed;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  #send(method, path, body) {
    return new Promise((resolve, reject) => {
      const sent = request({ socketPath: this.socket, path, method, headers: HEADERS, agent: this.#agent }, response => {
        const parts = [];
        response.on('data', part => parts.push(part));
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (response.statusCode < 300) {
            resolve(JSON.parse(text));
          } else {
            reject(Object.assign(new Error(`${path}: ${response.statusCode} ${text}`), { answered: true }));
          }
        });
      });
      sent.once('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
