import fc from 'fast-check';
import { same } from '../../../../tests/support/properties';
import { folderOf, MOST_RECORD, placeIn, readMessage, recordText } from './parseRecord';
import { factsOf } from './runFacts';

/** DataLad's own, in `get_run_info`: it matches at the beginning. */
const DATALADS = /^\[DATALAD RUNCMD\] (.*)=== Do not change lines below ===\n(.*)\n\^\^\^ Do not change lines above \^\^\^/s;

const around = (text: string): string =>
  `[DATALAD RUNCMD] what\n\n=== Do not change lines below ===\n${text}\n^^^ Do not change lines above ^^^\n`;
const message = (record: unknown): string => around(JSON.stringify(record, null, 1));

const facts = (text: string): ReturnType<typeof factsOf> | null => {
  const written = readMessage(text);
  return written?.state === 'read' ? factsOf(written.data) : null;
};

describe('a run record', () => {
  it('tells command, inputs and outputs, and where it ran', () => {
    const record = {
      cmd: 'sh run.sh',
      inputs: ['a'],
      outputs: ['b'],
      extra_inputs: ['image.sif'],
      pwd: 'code',
      exit: 0,
      chain: ['1234'],
      dsid: 'of-it',
      more: {}
    };
    expect(facts(message(record))).toEqual({
      command: 'sh run.sh',
      inputs: ['a'],
      extraInputs: ['image.sif'],
      outputs: ['b'],
      folder: 'code',
      exit: 0,
      chain: ['1234'],
      dsid: 'of-it',
      other: ['more']
    });
  });

  it('may hold a list of arguments, lack the rest, or have something odd in its place', () => {
    const nothing = { inputs: [], outputs: [], extraInputs: [], chain: [], other: [] };
    expect(facts(message({ cmd: ['echo', "it's"], pwd: '.' }))).toEqual({
      command: "echo 'it'\\''s'",
      list: true,
      ...nothing
    });
    expect(facts(message({ cmd: 'x', inputs: 'a', outputs: null, exit: 'no', chain: 4, dsid: [] }))).toEqual({
      command: 'x',
      ...nothing
    });
  });

  it('may lie in a file of its own, which has one name', () => {
    expect(readMessage(message('d6f3c9'))).toEqual({ state: 'sidecar', name: 'd6f3c9' });
    for (const name of ['', '.', '..', '../config', '/etc/passwd', 'a/b', 'a\0', 'x'.repeat(300)]) {
      expect(readMessage(message(name))).toEqual({ state: 'unsafe-name' });
    }
  });

  it('says why it cannot be read', () => {
    expect(readMessage('Fix it')).toBeNull();
    expect(readMessage(` ${message({ cmd: 'x' })}`)).toBeNull();
    expect(readMessage(around('{"cmd": '))).toEqual({ state: 'not-json' });
    expect(readMessage(message({ inputs: [] }))).toEqual({ state: 'no-command' });
    expect(readMessage(message(['cmd']))).toEqual({ state: 'no-command' });
    expect(readMessage(message({ cmd: 'x'.repeat(MOST_RECORD) }))).toEqual({ state: 'too-large' });
  });

  it('of more than 64 KiB is read whole, and shown in bounds', () => {
    const inputs = Array.from({ length: 10_000 }, (_, at) => `data/${at}.dat`);
    const written = readMessage(message({ cmd: 'x'.repeat(100_000), inputs }));
    expect(written).toMatchObject({ state: 'read', data: { inputs } });
    expect(facts(message({ cmd: 'x'.repeat(100_000), inputs }))?.command).toHaveLength(10_001);
    expect(facts(message({ cmd: 'x', inputs }))?.inputs).toHaveLength(100);
  });

  it('takes no longer for a message that is made to take long', () => {
    const start = performance.now();
    expect(readMessage(`[DATALAD RUNCMD] ${'=== Do not change lines below ===\n'.repeat(100_000)}`)).toBeNull();
    expect(
      readMessage(`[DATALAD RUNCMD] ${'=== Do not change lines below ===\n\n^^^ Do not change lines above ^^^'.repeat(50_000)}`)
    ).toEqual({
      state: 'not-json'
    });
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('is found where DataLad finds it', () => {
    const part = fc.constantFrom(
      '[DATALAD RUNCMD] ',
      '=== Do not change lines below ===',
      '^^^ Do not change lines above ^^^',
      '\n',
      '{}',
      'x'
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), parts => {
        const text = parts.join('');
        same(recordText(text), DATALADS.exec(text)?.[2] ?? null);
        same(recordText(`[DATALAD RUNCMD] ${text}`), DATALADS.exec(`[DATALAD RUNCMD] ${text}`)?.[2] ?? null);
      })
    );
  });

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (record, tail) => {
        readMessage(message(record) + tail);
        readMessage(around(tail));
      })
    );
  });

  it('gives any command back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }), cmd => same(facts(message({ cmd }))?.command, cmd))
    );
  });
});

describe('the folder of a run', () => {
  it.each([
    ['.', ''],
    ['code/', 'code'],
    ['./code/../data', 'data'],
    ['..', null],
    ['code/../../other', null],
    ['/tmp', null]
  ])('%s is %j', (pwd, folder) => expect(folderOf({ pwd })).toBe(folder));

  it('is where its names begin', () => {
    expect(placeIn('code', '../data/*.csv')).toBe('data/*.csv');
    expect(placeIn('code', '../../etc/passwd')).toBeNull();
    expect(placeIn('code', '')).toBe('code');
  });
});
