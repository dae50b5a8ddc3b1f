import fc from 'fast-check';
import { orFailure, same } from '../../../../tests/support/properties';
import { parseRun } from './parseRun';
import { withoutQuerySecrets } from './urlSecrets';

const message = (record: unknown): string =>
  `[DATALAD RUNCMD] what\n\n=== Do not change lines below ===\n${JSON.stringify(record, null, 1)}\n^^^ Do not change lines above ^^^\n`;

describe('a run record', () => {
  it('tells command, inputs and outputs, and where it ran', () => {
    const record = {
      cmd: 'sh run.sh',
      inputs: ['a'],
      outputs: ['b'],
      extra_inputs: ['image.sif'],
      pwd: 'code',
      exit: 0,
      chain: []
    };
    expect(parseRun(message(record))).toEqual({
      command: 'sh run.sh',
      inputs: ['a', 'image.sif'],
      outputs: ['b'],
      folder: 'code',
      exit: 0
    });
  });

  it('may hold a list of arguments, and lack the rest', () => {
    expect(parseRun(message({ cmd: ['echo', "it's"], pwd: '.' }))).toEqual({
      command: "echo 'it'\\''s'",
      inputs: [],
      outputs: []
    });
    expect(parseRun(message({ cmd: 'x', inputs: 'a', outputs: null, exit: 'no' }))).toEqual({
      command: 'x',
      inputs: [],
      outputs: []
    });
  });

  it('in a file of its own, or that is none, is not told', () => {
    expect(parseRun(message('d6f3c9'))).toBeNull();
    expect(parseRun('Fix it')).toBeNull();
    expect(parseRun(message({ inputs: [] }))).toBeNull();
  });

  it('is bounded, whatever somebody wrote', () => {
    const facts = parseRun(message({ cmd: 'x'.repeat(1e6), inputs: Array.from({ length: 1e4 }, () => 'y'.repeat(1e4 + 1)) }));
    expect(facts?.command).toHaveLength(10_001);
    expect(facts?.inputs).toHaveLength(100);
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (record, tail) => {
        orFailure(() => parseRun(message(record) + tail));
      })
    );
  });

  it('gives any command back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }), cmd =>
        same(parseRun(message({ cmd }))?.command, cmd)
      )
    );
  });
});

describe('an address', () => {
  it.each([
    ['https://example.org/a?format=original', 'https://example.org/a?format=original'],
    ['https://user:secret@example.org/a', 'https://***@example.org/a'],
    ['https://example.org/a?X-Amz-Signature=abc&part=1', 'https://example.org/a?X-Amz-Signature=***&part=1'],
    ['https://example.org/a?apikey=abc', 'https://example.org/a?apikey=***'],
    ['s3://bucket/a?versionId=1', 's3://bucket/a?versionId=1']
  ])('%s is shown as %s', (url, shown) => {
    expect(withoutQuerySecrets(url)).toEqual({ url: shown, redacted: url !== shown });
  });
});
