import { amountSize, formatDuration, formatPart, formatShare, percent } from './format';
import { trans } from './testing.fixtures';

const MB = 1024 ** 2;

describe('formats', () => {
  it('write a part in the unit of the whole where something is left of it', () => {
    expect(formatPart(512 * MB, 1.2 * 1024 * MB, trans)).toBe('0.5 of 1.2 GB');
    expect(formatPart(3.1 * MB, 1.2 * 1024 * MB, trans)).toBe('3.1 MB of 1.2 GB');
    expect(formatPart(0, 20 * MB, trans)).toBe('0 of 20 MB');
    expect(formatPart(0, 0, trans)).toBe('0 of 0 B');
  });

  it('are short in narrow columns', () => {
    const share = (part: number, whole: number) => formatShare(part, whole, trans).replaceAll('\u2009', ' ');
    expect(share(3.14 * MB, 20.4 * MB)).toBe('3.1 / 20 MB');
    expect(share(512 * MB, 1.2 * 1024 * MB)).toBe('0.5 / 1.2 GB');
    expect(share(3.14 * MB, 1.2 * 1024 * MB)).toBe('3.1 MB / 1.2 GB');
    expect(share(0, 91.6 * MB)).toBe('0 / 92 MB');
    expect(share(488.3 * 1024, 488.3 * 1024)).toBe('488 KB');
  });

  it('never say 100 % before the end', () => {
    expect(percent(999, 1000)).toBe(99);
    expect(percent(9999, 10000)).toBe(99);
    expect(percent(10, 10)).toBe(100);
    expect(percent(0, 0)).toBe(100);
  });

  it('write a time in the unit that matters', () => {
    expect([400, 59_000, 62_000, 5_400_000, 300_000_000].map(time => formatDuration(time, trans))).toEqual([
      '1 s',
      '59 s',
      '1 min',
      '2 h',
      '3 days'
    ]);
  });

  it('own up to sizes nobody knows', () => {
    expect(amountSize({ files: 2, bytes: 2048, unsized: 1 }, trans)).toBe('at least 2 KB');
  });
});
