import { request as start, type IncomingMessage } from 'node:http';

/** One request as an attacker could write it: no header is added or mended. */
export interface IExchange {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface IAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  json(): unknown;
}

/** Where a server listens. */
export type Address = { socketPath: string } | { host: string; port: number };

/** Sends a request and reads the whole answer; rejects when the connection breaks. */
export function exchange(address: Address, { method = 'GET', path, headers = {}, body }: IExchange): Promise<IAnswer> {
  return new Promise((resolve, reject) => {
    const request = start({ ...address, method, path, headers: { ...lengthOf(body), ...headers }, agent: false }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) as unknown });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

function lengthOf(body: string | Uint8Array | undefined): Record<string, string> {
  return body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
}
