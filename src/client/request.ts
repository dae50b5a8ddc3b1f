import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import * as v from 'valibot';
import { GUARD_HEADER, GUARD_VALUE, SERVER_PATH } from '../protocol/contract';
import { Failure, FailureError } from '../protocol/failure';

/** One exchange with the server. */
export interface IRequest {
  /** Below the server's own path, such as `call/rows`. */
  route: string;
  method: 'GET' | 'POST' | 'DELETE';
  body?: unknown;
  /** The proxy streams if and only if this is exactly `text/event-stream`; everything else it buffers. */
  accept?: 'application/json' | 'text/event-stream';
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends a request with Jupyter's token, its XSRF header and the guard header; rejects with a `FailureError` unless the status is 2xx. */
export async function send(settings: ServerConnection.ISettings, request: IRequest): Promise<Response> {
  const response = await exchange(settings, request);
  if (!response.ok) {
    throw new FailureError(await failureOf(response));
  }
  return response;
}

/** Sends a request and reads the answer by its schema; an answer that does not fit it is a failure, too. */
export async function ask<S extends v.GenericSchema>(
  settings: ServerConnection.ISettings,
  request: IRequest,
  schema: S
): Promise<v.InferOutput<S>> {
  const response = await send(settings, request);
  const answer = v.safeParse(schema, await json(response));
  if (answer.success) {
    return answer.output;
  }
  throw new FailureError({
    kind: 'server-unreachable',
    message: 'The DataLad server answered something else than expected.',
    hint: 'Reload the page: the server and the page may be of different versions.',
    detail: answer.issues.map(issue => `${v.getDotPath(issue) ?? ''}: ${issue.message}`).join('\n')
  });
}

async function exchange(settings: ServerConnection.ISettings, request: IRequest): Promise<Response> {
  const url = URLExt.join(settings.baseUrl, SERVER_PATH, request.route);
  const init: RequestInit = {
    method: request.method,
    headers: { Accept: request.accept ?? 'application/json', [GUARD_HEADER]: GUARD_VALUE, ...request.headers },
    signal: request.signal ?? null,
    // Jupyter's cache buster would append to the URL.
    cache: 'default'
  };
  if (request.body !== undefined) {
    init.headers = { ...init.headers, 'Content-Type': 'application/json' };
    init.body = JSON.stringify(request.body);
  }
  try {
    return await ServerConnection.makeRequest(url, init, settings);
  } catch (error) {
    if (request.signal?.aborted) {
      throw new FailureError({ kind: 'cancelled', message: 'The request was cancelled.' });
    }
    throw new FailureError(unreachable(String(error)));
  }
}

/** The server's own failure, or, where something on the way answered in its place, what that means. */
async function failureOf(response: Response): Promise<Failure> {
  const text = await response.text().catch(() => '');
  try {
    const own = v.safeParse(Failure, JSON.parse(text));
    if (own.success) {
      return own.output;
    }
  } catch {
    // A proxy's page or Tornado's text: worded below.
  }
  return unreachable(`${response.status} ${response.statusText}`, response.status);
}

function unreachable(detail: string, status?: number): Failure {
  if (status === 401 || status === 403) {
    return {
      kind: 'permission-denied',
      message: 'The Jupyter server refused the request.',
      hint: 'Log in again, or ask whoever runs this server for the right to do it.',
      detail
    };
  }
  return {
    kind: 'server-unreachable',
    message: status === 404 ? 'The DataLad server is not installed beside JupyterLab.' : 'The DataLad server cannot be reached.',
    hint:
      status === 404
        ? 'Install the Python package jupyterlab-datalad in the environment that runs the Jupyter server and restart it.'
        : 'It is started on demand: try again in a moment. If that does not help, restart JupyterLab and look at its log.',
    detail
  };
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw new FailureError(unreachable(String(error)));
  }
}
