import type { MiddlewareHandler } from 'hono';
import { fail } from '../../protocol/failure';

/** Bytes a request may carry. */
export const MAX_BODY = 1024 * 1024;

/** What a request carried; null when it was too large. */
export type Body = Buffer | null;

export interface IBodyVariables {
  Variables: { body: Body };
}

/**
 * Reads every request to its end before anything else looks at it, keeping no more than it may carry: an answer in the middle of a
 * request breaks the connection, and the proxy makes a 500 of the reason.
 */
export const takeBody: MiddlewareHandler<IBodyVariables> = async (context, next) => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of context.req.raw.body ?? []) {
    size += chunk.length;
    if (size <= MAX_BODY) {
      chunks.push(chunk);
    }
  }
  context.set('body', size > MAX_BODY ? null : Buffer.concat(chunks));
  await next();
};

/** The JSON of a body; fails with `bad-request` when it is none or was too large. */
export function parseJson(body: Body): unknown {
  if (body === null) {
    fail('bad-request', 'The request is too large. Name a folder instead of the files in it.', {
      parameters: { limit: MAX_BODY }
    });
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return fail('bad-request', 'The request is not JSON.');
  }
}
