import fc from 'fast-check';
import * as v from 'valibot';
import { same } from '../../../tests/support/properties';
import { calls, jobs } from '../../protocol/contract';
import { Failure } from '../../protocol/failure';
import { openApp } from './app.fixtures';
import { MAX_BODY } from './requestBody';

jest.setTimeout(1_200_000);

const CALLS = Object.keys(calls) as (keyof typeof calls)[];
const JOBS = Object.keys(jobs) as (keyof typeof jobs)[];
const SCHEMAS: Record<string, v.GenericSchema> = Object.fromEntries(
  Object.entries({ ...jobs, ...calls }).map(([name, { input }]) => [name, input])
);

const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const hostile = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom('..', 'a/../b', '/etc', './a', 'a//b', 'a\0', '\ud800', '\udcff/a', 'bytes:', 'bytes:Li4vYQ')
  },
  fc.constantFrom<unknown>('__proto__', 'constructor', '', null, true, -1, 1e308, [], {}, [['a']], 'x'.repeat(5_000), deep(500)),
  fc.jsonValue()
);
const path = fc.constantFrom('', 'a', 'a/b', 'ü', ' ', '-x', 'bytes:_w', ':(glob)**');
const proper = {
  dataset: path,
  folder: path,
  path,
  paths: fc.array(path, { minLength: 1, maxLength: 3 }),
  message: fc.string({ maxLength: 5 }),
  source: fc.constantFrom('sibling', 'https://host/x'),
  refused: fc.constant('job-1'),
  id: fc.constant('job-1'),
  job: fc.constant('job-1'),
  name: fc.constant('ada'),
  email: fc.constant('ada@host'),
  recursive: fc.boolean(),
  what: fc.constantFrom('filecontent', 'all')
};
/** An input that often fits, with one field that often does not. */
const input = fc
  .tuple(
    fc.record(proper, { requiredKeys: ['dataset', 'paths', 'path'] }),
    fc.option(fc.constantFrom(...Object.keys(proper), '__proto__')),
    hostile
  )
  .map(([good, spoiled, value]) => {
    const text = JSON.stringify(good);
    // Written by hand: an assignment would set the prototype instead of sending it.
    return spoiled === null
      ? text
      : `{${JSON.stringify(spoiled)}:${JSON.stringify(value)},${text.slice(1)}`.replace(/^(\{"(\w+)":.*)("\2":)/s, '$1"was":');
  });
const body = fc.oneof(
  { weight: 6, arbitrary: input },
  fc.json(),
  fc.string(),
  fc.constant(`{"dataset":${'{"a":'.repeat(2_000)}`)
);
const operation = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<string>(...CALLS, ...JOBS) },
  fc.constantFrom('__proto__', 'constructor', 'toString', ''),
  fc.string({ unit: 'grapheme', maxLength: 8 })
);

describe('any request', () => {
  it('is answered with success or a failure, and reaches an operation only as that wants it', async () => {
    const { send, reached, errors } = openApp();
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        operation,
        body,
        fc.constantFrom('call', 'job', 'answer', 'cancel', 'close', 'report'),
        async (name, text, kind) => {
          const place = encodeURIComponent(name);
          const answer = await {
            call: () => send(`/call/${place}`, { body: text }),
            job: () => send('/jobs', { body: `{"operation":${JSON.stringify(name)},"input":${text}}` }),
            answer: () => send(`/jobs/${place}/answer`, { body: text }),
            cancel: () => send(`/jobs/${place}`, { method: 'DELETE' }),
            close: () => send(`/events/${place}`, { method: 'DELETE' }),
            report: () => send(`/jobs/${place}`, { method: 'GET' })
          }[kind]();
          const told: unknown = await answer.json().catch(() => null);
          if (answer.status === 400 || answer.status === 404) {
            same(v.safeParse(Failure, told).success, true);
          } else {
            same([200, 202].includes(answer.status), true);
            accepted += 1;
          }
        }
      )
    );
    expect(errors).toEqual([]);
    expect(accepted).toBeGreaterThan(reached.length - 1);
    expect(new Set(reached.map(({ name }) => name)).size).toBeGreaterThan(10);
    for (const { name, input } of reached) {
      same([name, v.safeParse(SCHEMAS[name]!, input).success], [name, true]);
      const { dataset, folder, path, paths } = input as Record<string, unknown>;
      same([name, JSON.stringify([dataset, folder, path, paths]).match(/\.\.|\\ud|\\u0000/)], [name, null]);
      same(
        Object.keys(input as object).filter(field => !(field in proper) && field !== 'noData'),
        []
      );
    }
    expect('a' in {} || 'polluted' in {}).toBe(false);
  });

  it('may be as large as the limit says, and not larger', async () => {
    const { send, reached } = openApp();
    const frame = JSON.stringify({ operation: 'save', input: { dataset: 'a', message: '', paths: ['a'], rest: '' } });
    const sized = (size: number): string => frame.replace('"rest":""', `"rest":"${'x'.repeat(size - frame.length)}"`);
    expect((await send('/jobs', { body: sized(MAX_BODY) })).status).toBe(202);
    expect((await send('/jobs', { body: sized(MAX_BODY + 1) })).status).toBe(400);
    const nested = `{"operation":"save","input":${'['.repeat(500_000)}${']'.repeat(500_000)}}`;
    expect((await send('/jobs', { body: nested })).status).toBe(400);
    const many = JSON.stringify({ dataset: 'a', paths: Array.from({ length: 10_001 }, () => 'a') });
    expect((await send('/call/planGet', { body: many })).status).toBe(400);
    expect(reached).toHaveLength(1);
  });
});
