import * as v from 'valibot';
import { GUARD_HEADER } from '../../protocol/contract';
import { Failure } from '../../protocol/failure';
import { openApp } from './app.fixtures';

describe('the routes', () => {
  it('hand over what fits its schema, and only that', async () => {
    const { send, reached } = openApp();
    expect((await send('/call/rows', { body: '{"folder":"a/b","extra":1}' })).status).toBe(200);
    expect((await send('/call/rows', { body: '{"folder":"../b"}' })).status).toBe(400);
    expect((await send('/call/rows', { body: '{}' })).status).toBe(400);
    const started = await send('/jobs', { body: '{"operation":"get","input":{"dataset":"a","paths":["a/b"]}}' });
    expect([started.status, await started.json()]).toEqual([202, { id: expect.any(String) as unknown }]);
    expect(reached).toEqual([
      { name: 'rows', input: { folder: 'a/b' } },
      { name: 'get', input: { dataset: 'a', paths: ['a/b'] } }
    ]);
  });

  it('say in the detail which field was wrong', async () => {
    const { send } = openApp();
    const answer = await send('/jobs', { body: '{"operation":"save","input":{"dataset":"a","message":1}}' });
    expect(v.parse(Failure, await answer.json())).toMatchObject({
      kind: 'bad-request',
      detail: expect.stringContaining('message') as unknown
    });
  });

  it('take passwords out of what people wrote into commits, and out of nothing else', async () => {
    const text = 'See https://ada:secret-1@host/x, password=mine';
    const { send } = openApp({ messages: { recent: [text] }, content: { text } });
    const ask = async (name: string, input: object): Promise<unknown> =>
      (await send(`/call/${name}`, { body: JSON.stringify({ dataset: 'a', ...input }) })).json();
    expect(await ask('messages', {})).toEqual({ recent: ['See https://***@host/x, password=***'] });
    expect(await ask('content', { path: 'a/b', side: 'HEAD' })).toEqual({ text });
  });

  it('let no answer be framed, sniffed, cached or run', async () => {
    const { send } = openApp();
    for (const answer of [
      await send('/call/health', { body: '{}' }),
      await send('/nowhere'),
      await send('/call/rows', { body: '{' })
    ]) {
      expect(answer.headers.get('Content-Security-Policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
      expect(answer.headers.get('Content-Type')).toMatch(/^application\/json/);
    }
  });

  it.each([
    [{ Origin: 'http://localhost' }, 200],
    [{ Origin: 'https://hub.example', 'X-Forwarded-Host': 'hub.example' }, 200],
    [{ Host: '[::1]:8888', Origin: 'http://[::1]:8888' }, 200],
    [{ 'Sec-Fetch-Site': 'same-origin' }, 200],
    [{ 'Content-Type': 'application/json; charset=utf-8' }, 200],
    [{ Origin: 'http://localhost:81' }, 403],
    [{ Origin: 'http://localhost.evil.example' }, 403],
    [{ Origin: 'http://evil.example#localhost' }, 403],
    [{ Origin: 'http://localhost@evil.example' }, 403],
    [{ Origin: 'null' }, 403],
    [{ Host: 'a b' }, 403],
    [{ Host: 'localhost,evil.example' }, 403],
    [{ Host: '' }, 403],
    [{ 'Sec-Fetch-Site': 'same-site' }, 403],
    [{ 'Sec-Fetch-Site': 'anything' }, 403],
    [{ 'Content-Type': 'text/plain' }, 403],
    [{ 'Content-Type': 'application/jsonp' }, 403],
    [{ 'Content-Type': '' }, 403],
    [{ [GUARD_HEADER]: '0' }, 403]
  ])('a request with %j: %i', async (headers, status) => {
    const { send, reached } = openApp();
    const answer = await send('/call/health', { body: '{}', headers: headers as Record<string, string> });
    expect(answer.status).toBe(status);
    expect(reached).toHaveLength(status === 200 ? 1 : 0);
  });
});
