import { formatSize } from './size';

test.each([
  [0, '0 B'],
  [119, '119 B'],
  [1000, '1000 B'],
  [1024, '1 KB'],
  [5_000_000, '4.8 MB'],
  [1_300_000_000, '1.2 GB'],
  [3 * 1024 ** 7, '3072 EB']
])('%d bytes are written %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});
