import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net';
import { join } from 'node:path';

/** How a server treats requests for annexed content. */
export type Mood = 'well' | 'hangs' | 'trickles' | 'breaks off' | 'lies' | { status: number } | { redirect: string };

/** A server of files on the loopback interface, as any web server publishes a dataset, that can be told to misbehave. */
export class MoodyServer {
  mood: Mood = 'well';
  /** Requests for annexed content, by path. */
  readonly asked: string[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly folder: string
  ) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.answer(request, response));
    server.on('connection', socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** Publishes a folder; `git update-server-info` must have run in the repositories in it. */
  static async start(folder: string): Promise<MoodyServer> {
    const server = createServer();
    const moody = new MoodyServer(server, folder);
    await listen(server);
    return moody;
  }

  get port(): number {
    return portOf(this.server);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Breaks off all connections, as a server that is restarted does. */
  breakOff(): void {
    this.sockets.forEach(socket => socket.destroy());
  }

  async stop(): Promise<void> {
    this.breakOff();
    await new Promise(resolve => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(new URL(request.url ?? '/', this.url).pathname);
    const file = join(this.folder, path);
    const stats = statSync(file, { throwIfNoEntry: false });
    const { mood } = this;
    const isContent = path.includes('/annex/objects/');
    if (isContent && stats?.isFile() === true) {
      this.asked.push(path);
    }
    if (mood === 'well' || (!isContent && typeof mood === 'string' && mood !== 'hangs')) {
      send(response, file, stats?.isFile() === true ? stats.size : null);
    } else if (typeof mood === 'object' && 'status' in mood) {
      response.writeHead(mood.status, mood.status === 401 ? { 'WWW-Authenticate': 'Basic realm="x"' } : {}).end();
    } else if (typeof mood === 'object') {
      response.writeHead(302, { Location: mood.redirect }).end();
    } else if (mood !== 'hangs') {
      this.misbehave(response, mood, stats?.size ?? 0);
    }
  }

  private misbehave(response: ServerResponse, mood: 'trickles' | 'breaks off' | 'lies', size: number): void {
    response.writeHead(size === 0 ? 404 : 200, { 'Content-Length': String(size) });
    response.write(Buffer.alloc(Math.min(size, mood === 'lies' ? size : 1_000)));
    if (mood === 'breaks off') {
      setTimeout(() => response.destroy(), 50);
    } else if (mood === 'lies' || size === 0) {
      response.end();
    }
  }
}

/** A server that accepts every connection and never says a word. */
export async function startSilentServer(): Promise<{ port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await listen(server);
  return {
    port: portOf(server),
    stop: async () => {
      sockets.forEach(socket => socket.destroy());
      await new Promise(resolve => server.close(resolve));
    }
  };
}

function send(response: ServerResponse, file: string, size: number | null): void {
  if (size === null) {
    response.writeHead(404).end();
  } else {
    response.writeHead(200, { 'Content-Length': String(size) });
    createReadStream(file).pipe(response);
  }
}

async function listen(server: TcpServer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

function portOf(server: TcpServer): number {
  return (server.address() as AddressInfo).port;
}
