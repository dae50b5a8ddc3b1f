import { ServerConnection } from '@jupyterlab/services';
import { contentsPath } from '../protocol/paths';
import { makeListing, makeRow } from './client.fixtures';
import { DataladClient } from './connection';
import { json, makeSettings } from './network.fixtures';

const folder = contentsPath('study');

afterEach(() => {
  document.cookie = '_xsrf=; expires=Thu, 01 Jan 1970 00:00:00 GMT';
});

test('a call is a POST with the guard, Jupyter’s token and its XSRF header, and never asks to be streamed', async () => {
  document.cookie = '_xsrf=the-xsrf';
  const listing = makeListing('study', [makeRow('data.bin')]);
  const { settings, exchanges } = makeSettings(() => json(listing));
  expect(await new DataladClient(settings).call('rows', { folder })).toEqual(listing);
  const [{ method, path, headers, body } = {}] = exchanges.map(exchange => exchange);
  expect([method, path, body]).toEqual(['POST', 'datalad/call/rows', { folder: 'study' }]);
  expect(Object.fromEntries(headers ?? [])).toMatchObject({
    accept: 'application/json',
    'content-type': 'application/json',
    authorization: 'token the-token',
    'x-xsrftoken': 'the-xsrf',
    'x-datalad-request': '1'
  });
});

test('jobs are started, cancelled and answered on their routes', async () => {
  const { settings, exchanges } = makeSettings(({ path }) => json(path === 'datalad/jobs' ? { id: 'a/b' } : {}));
  const client = new DataladClient(settings);
  const id = await client.start('get', { dataset: folder, paths: [folder] });
  await client.cancel(id);
  await client.answer(id, { prompt: 'p', value: null });
  expect(exchanges.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', 'datalad/jobs', { operation: 'get', input: { dataset: 'study', paths: ['study'] } }],
    ['DELETE', 'datalad/jobs/a%2Fb', undefined],
    ['POST', 'datalad/jobs/a%2Fb/answer', { prompt: 'p', value: null }]
  ]);
});

test('a failure of the server arrives as it is', async () => {
  const failure = { kind: 'not-a-dataset', message: 'no', hint: 'create one' };
  const { settings } = makeSettings(() => json(failure, 404));
  await expect(new DataladClient(settings).call('rows', { folder })).rejects.toMatchObject({ failure });
});

test.each([
  [404, 'server-unreachable', 'Install the Python package'],
  [500, 'server-unreachable', 'started on demand'],
  [502, 'server-unreachable', 'started on demand'],
  [599, 'server-unreachable', 'started on demand'],
  [403, 'permission-denied', 'Log in again']
])('what stands in the server’s place and answers %d means %s', async (status, kind, hint) => {
  const { settings } = makeSettings(() => new Response('<html>page of a proxy</html>', { status }));
  await expect(new DataladClient(settings).call('health', {})).rejects.toMatchObject({
    failure: { kind, hint: expect.stringContaining(hint) }
  });
});

test('a network that is down, a page in place of JSON and an answer of another version are failures', async () => {
  const down = makeSettings(() => Promise.reject(new ServerConnection.NetworkError(new TypeError('offline'))));
  const page = makeSettings(() => new Response('<html>'));
  const other = makeSettings(() => json({ folder: 'study', rows: 'none' }));
  for (const { settings } of [down, page, other]) {
    await expect(new DataladClient(settings).call('rows', { folder })).rejects.toMatchObject({
      failure: { kind: 'server-unreachable' }
    });
  }
});

test('a call that was given up is cancelled, not unreachable', async () => {
  const { settings } = makeSettings(({ signal }) => {
    signal.throwIfAborted();
    return json({});
  });
  const abort = new AbortController();
  const call = new DataladClient(settings).call('rows', { folder }, abort.signal);
  abort.abort();
  await expect(call).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
});
