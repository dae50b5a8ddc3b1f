import { ServerConnection } from '@jupyterlab/services';

/** What a request carried. */
export interface IExchange {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
  signal: AbortSignal;
}

/** Jsdom's signals are none for Node's `Request`: the test's server gets the signal beside it. */
class SignalRequest extends Request {
  readonly given: AbortSignal;

  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(input, { ...init, signal: null });
    this.given = init?.signal ?? new AbortController().signal;
  }
}

/** Settings of a connection whose network is a function. */
export function makeSettings(answer: (exchange: IExchange) => Response | Promise<Response>): {
  settings: ServerConnection.ISettings;
  exchanges: IExchange[];
} {
  const exchanges: IExchange[] = [];
  const baseUrl = 'http://127.0.0.1:1/user/me/';
  const settings = ServerConnection.makeSettings({
    baseUrl,
    token: 'the-token',
    Request: SignalRequest,
    fetch: async (input: RequestInfo | URL) => {
      const request = input as SignalRequest;
      const text = await request.clone().text();
      const exchange: IExchange = {
        method: request.method,
        path: request.url.slice(baseUrl.length),
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
        signal: request.given
      };
      exchanges.push(exchange);
      return answer(exchange);
    }
  });
  return { settings, exchanges };
}

export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } });
}
