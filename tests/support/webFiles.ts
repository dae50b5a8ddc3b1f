import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on the loopback interface whose answers a test chooses, by path; anything else is not found. */
export class WebFiles {
  /** What was asked for: method and path with query. */
  readonly asked: string[] = [];
  private readonly answers = new Map<string, Answer>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.asked.push(`${request.method} ${request.url}`);
      const answer = this.answers.get(new URL(request.url ?? '/', 'http://localhost').pathname);
      if (answer === undefined) {
        response.writeHead(404).end();
      } else {
        answer(request, response);
      }
    });
    server.on('connection', socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  static async start(): Promise<WebFiles> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new WebFiles(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The address of a path. */
  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** Gives a file at a path, with its length unless told not to. */
  give(path: string, content: string | Uint8Array, { length = true, headers = {} }: IGiven = {}): string {
    return this.on(path, (_, response) => {
      response.writeHead(200, { ...(length ? { 'Content-Length': String(Buffer.byteLength(content)) } : {}), ...headers });
      response.end(content);
    });
  }

  /** Answers as told at a path; returns its address. */
  on(path: string, answer: Answer): string {
    this.answers.set(path, answer);
    return this.url(path);
  }

  async stop(): Promise<void> {
    this.sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => this.server.close(resolve));
  }

  /** A name for what is stopped with a place. */
  dispose(): Promise<void> {
    return this.stop();
  }
}

interface IGiven {
  length?: boolean;
  headers?: Record<string, string>;
}
