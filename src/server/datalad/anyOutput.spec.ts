import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { cutInto, same } from '../../../tests/support/properties';
import { Failure } from '../../protocol/failure';
import { Progress } from '../../protocol/job';
import { Result } from '../../protocol/result';
import { PathBoundary } from '../paths';
import { failureOf } from './failures';
import { LineSplitter } from '../process/lineSplitter';
import { type BarUpdate, parseMessage, type WorkerMessage, WorkerRecord } from './messages';
import { ProgressMeter } from './progress';
import { renderMessage, toResult } from './result';

const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '"', '\\', ' ', '%s', '\r', '\u2028'), maxLength: 8 });

/** Splits what comes in these chunks. */
function split(chunks: readonly Buffer[], maxLength: number): (string | number)[] {
  const seen: (string | number)[] = [];
  const splitter = new LineSplitter({ maxLength, line: line => seen.push(line), overlong: length => seen.push(length) });
  chunks.forEach(chunk => splitter.push(chunk));
  return seen;
}

describe('lines', () => {
  it('arrive whole wherever their bytes are cut, and too long ones are told once', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 8 }), (lines, cuts) => {
        const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''));
        const expected = lines
          .filter(line => line !== '')
          .map(line => (Buffer.byteLength(line) > 20 ? Buffer.byteLength(line) : line));
        same(split(cutInto(bytes, cuts), 20), expected);
      })
    );
  });

  it('of any bytes are cut at line breaks alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat(), { maxLength: 5 }), (bytes, cuts) => {
        same(split(cutInto(Buffer.from(bytes), cuts), 15), split([Buffer.from(bytes)], 15));
      })
    );
  });
});

const amount = fc.oneof(fc.nat(), fc.constantFrom(0, 1, 2 ** 40));
const record = fc.record(
  { action: text, status: fc.constantFrom('ok', 'notneeded', 'impossible', 'error'), path: text, message: fc.jsonValue() },
  { requiredKeys: ['action', 'status', 'path'] }
);
const message: fc.Arbitrary<WorkerMessage> = fc.oneof(
  fc.record({ type: fc.constant('result'), record }),
  fc.record({ type: fc.constant('log'), level: text, text }),
  fc.record({ type: fc.constant('prompt'), id: text, text, hidden: fc.boolean(), choices: fc.option(fc.array(text)) }),
  fc.record({ type: fc.constant('failed'), exception: text, text, stderr: text, cancelled: fc.boolean() }),
  fc.record({
    type: fc.constant('progress'),
    id: text,
    step: fc.constantFrom('update', 'end'),
    label: text,
    unit: text,
    total: fc.option(amount),
    value: amount
  })
) as fc.Arbitrary<WorkerMessage>;

describe('what the worker says', () => {
  it('is understood as it was meant, also in the ASCII that Python writes', () => {
    fc.assert(
      fc.property(message, meant => {
        const line = JSON.stringify(meant);
        const ascii = line.replace(/[\u0080-\uffff]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
        same(JSON.stringify(parseMessage(line)), line);
        same(JSON.stringify(parseMessage(ascii)), line);
      })
    );
  });

  it('or anybody prints in between, is a message or none', () => {
    const anything = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc.string(),
      message.map(meant => JSON.stringify(meant).slice(0, -3))
    );
    fc.assert(fc.property(anything, line => ['object'].includes(typeof parseMessage(line))));
    expect(parseMessage('['.repeat(1_000_000))).toBeNull();
    expect(parseMessage(`{"type":"done","__proto__":{"polluted":true},"constructor":1}`)).toEqual({ type: 'done' });
    expect('polluted' in {}).toBe(false);
  });
});

describe('records', () => {
  let root: string;
  let boundary: PathBoundary;

  beforeAll(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'records-')));
    boundary = new PathBoundary(root);
  });

  afterAll(() => rmSync(root, { recursive: true }));

  it('of any kind become results that the protocol knows', () => {
    const name = fc.constantFrom('a', '..', '.', '', 'bytes:YQ', '\udcff', '\0', ' ', '\n');
    const path = fc.tuple(fc.boolean(), fc.array(name, { maxLength: 5 })).map(([inside, names]) => ({ inside, names }));
    const some = fc.record({
      path,
      rest: fc.dictionary(fc.constantFrom('message', 'key', 'type', 'exception', '__proto__', 'x'), fc.jsonValue())
    });
    fc.assert(
      fc.property(some, fc.constantFrom('ok', 'error'), ({ path: { inside, names }, rest }, status) => {
        const told = { ...rest, action: 'get', status, path: [inside ? root : '/elsewhere', ...names].join('/') };
        const result = toResult(v.parse(WorkerRecord, told), boundary);
        same(v.safeParse(Result, JSON.parse(JSON.stringify(result))).success, true);
      })
    );
  });

  it('have messages that can be read, whatever stands in them', () => {
    fc.assert(fc.property(fc.jsonValue(), value => typeof renderMessage(value) === 'string'));
    fc.assert(fc.property(fc.array(text), words => v.safeParse(Failure, { ...failureOf(words.join('\n')) }).success));
  });
});

describe('progress', () => {
  it('is what the protocol knows, whatever the bars say', () => {
    const bar = fc.record({
      type: fc.constant('progress'),
      id: fc.constantFrom('1', '2', '3'),
      step: fc.constantFrom('update', 'update', 'end'),
      label: fc.constantFrom('Total', 'Get a', 'Cloning', ''),
      unit: fc.constantFrom(' Bytes', ' Files', ''),
      total: fc.option(fc.oneof(fc.integer(), fc.constantFrom(0, 1e308, -1))),
      value: fc.oneof(fc.integer(), fc.constantFrom(0, 1e308, -1, 1.5))
    });
    fc.assert(
      fc.property(fc.array(bar, { maxLength: 10 }), fc.integer({ min: 0, max: 3000 }), (bars, pace) => {
        const meter = new ProgressMeter();
        bars.forEach((told, at) => {
          const update = parseMessage(JSON.stringify(told));
          meter.update(update as BarUpdate, at * pace);
          const shown = JSON.parse(JSON.stringify(meter.progress)) as Progress;
          same(
            v.safeParse(Progress, shown).issues?.map(issue => v.getDotPath(issue)),
            undefined
          );
          same((shown.bytes ?? 0) <= (shown.totalBytes ?? Infinity), true);
        });
      })
    );
  });
});
