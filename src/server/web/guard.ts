import type { MiddlewareHandler } from 'hono';
import { GUARD_HEADER, GUARD_VALUE } from '../../protocol/contract';
import { fail } from '../../protocol/failure';

const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * The second gate: it holds even if the proxy in front of it forgets its own. A page of another origin can send a GET or a simple
 * POST with the user's cookies, but neither this header nor JSON without a preflight, and no browser lets it forge Origin.
 */
export const guard: MiddlewareHandler = async (context, next) => {
  const { req } = context;
  const host = req.header('X-Forwarded-Host') ?? req.header('Host') ?? '';
  if (!HOST.test(host)) {
    refuse('The request names no proper host.');
  }
  const site = req.header('Sec-Fetch-Site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    refuse('The request comes from another site.');
  }
  const origin = req.header('Origin');
  if (origin !== undefined && hostOf(origin) !== host.toLowerCase()) {
    refuse('The request comes from another origin.');
  }
  if (req.method !== 'GET') {
    if (req.header(GUARD_HEADER) !== GUARD_VALUE) {
      refuse(`The header ${GUARD_HEADER} is missing.`);
    }
    if (req.method !== 'DELETE' && !/^application\/json\s*(?:;|$)/i.test(req.header('Content-Type') ?? '')) {
      refuse('The request is not JSON.');
    }
  }
  await next();
};

/** Answers are data for our own frontend: nothing may frame, sniff, cache or run them. */
export const answerHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Cache-Control', 'no-store');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
};

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host.toLowerCase() : '';
}

function refuse(message: string): never {
  fail('permission-denied', message);
}
