import * as fc from 'fast-check';
import { same } from '../../../tests/support/properties';
import { newest, parseLocationLog, parseTrustLog } from './locationLog';

describe('location logs', () => {
  it('are lines of time, status and place', () => {
    const text = '1700000001.5s 1 here\n1700000002s 0 there\n1700000003s X gone\nnonsense\n';
    expect(parseLocationLog(text)).toEqual([
      { uuid: 'here', status: '1', time: 1700000001.5 },
      { uuid: 'there', status: '0', time: 1700000002 },
      { uuid: 'gone', status: 'X', time: 1700000003 }
    ]);
  });

  it('of trust name the level, with a time or without', () => {
    expect(parseTrustLog('u X timestamp=1700000001.2s\nv 1 timestamp=5s\nw ?\n')).toEqual([
      { uuid: 'u', status: 'X', time: 1700000001.2 },
      { uuid: 'v', status: '1', time: 5 },
      { uuid: 'w', status: '?', time: 0 }
    ]);
  });

  it('are read as git-annex writes them, and anything else is passed over', () => {
    const line = fc.record({
      uuid: fc.uuid(),
      status: fc.constantFrom('0', '1', 'X'),
      time: fc.oneof(fc.integer({ min: 0, max: 2 ** 31 }), fc.constantFrom(1700000001.123456, 1e9 + 0.5))
    });
    const noise = fc
      .array(fc.constantFrom('1', 's', ' ', '0', 'X', '.', '\r', '1.2.3s', '-', 'e9', '\udcff', 'u'), { maxLength: 8 })
      .map(parts => `s${parts.join('')}`);
    fc.assert(
      fc.property(fc.array(fc.oneof(line, noise), { maxLength: 6 }), items => {
        const text = items
          .map(item => (typeof item === 'string' ? item : `${item.time}s ${item.status} ${item.uuid}`))
          .join('\n');
        const expected = items.flatMap(item => (typeof item === 'string' ? [] : [item]));
        same(
          parseLocationLog(text).map(({ uuid, status, time }) => [uuid, status, time]),
          expected.map(({ uuid, status, time }) => [uuid, status, time])
        );
      })
    );
    fc.assert(
      fc.property(noise, text => [...parseTrustLog(text), ...parseLocationLog(`1${text}`)].every(({ time }) => time >= 0))
    );
  });

  it('are settled by the newest line of each place, in whatever order', () => {
    const line = fc.record({
      uuid: fc.constantFrom('a', 'b', 'c'),
      status: fc.constantFrom('0', '1', 'X'),
      time: fc.integer({ min: 0, max: 5 })
    });
    fc.assert(
      fc.property(fc.array(line), lines => {
        const settled = newest(lines);
        for (const [uuid, status] of settled) {
          const latest = Math.max(...lines.filter(line => line.uuid === uuid).map(({ time }) => time));
          const claims = lines.filter(line => line.uuid === uuid && line.time === latest).map(line => line.status);
          same(
            claims.some(claim => claim === status),
            true
          );
          // Content is not believed in where another line of the same moment denies it.
          same(status === '1' && claims.some(claim => claim !== '1'), false);
        }
        same(settled.size, new Set(lines.map(({ uuid }) => uuid)).size);
      })
    );
  });
});
