import type { FailureError } from '../../../protocol/failure';
import { failExecution } from './failedExecution';

const cellError = (source: string, error: string): string =>
  [
    'An error occurred while executing the following cell:',
    '------------------',
    source,
    '------------------',
    '',
    '---------------------------------------------------------------------------',
    'OSError                                   Traceback (most recent call last)',
    'Cell In[2], line 1',
    `----> 1 ${source}`,
    `      2 ${source}`,
    '',
    error
  ].join('\n');
const failureOf = (printed: string, left = false, cell: number | undefined = 2): unknown => {
  try {
    return failExecution(printed, { notebook: 'a.ipynb', cell, left });
  } catch (error) {
    const { kind, parameters } = (error as FailureError).failure;
    return [kind, parameters];
  }
};

test.each([
  ["open('big.dat', 'wb').write(data)", 'OSError: [Errno 28] No space left on device'],
  ['cat data > big.dat', 'cat: write error: Disk quota exceeded']
])('a full disk is told as such: %s', (source, error) => {
  const printed = cellError(source, error);
  expect(failureOf(printed, true)).toEqual(['no-space', { path: 'a.ipynb', cell: 2, left: 'yes' }]);
  expect(failureOf(printed)).toEqual(['no-space', { path: 'a.ipynb', cell: 2 }]);
});

test('a cell that only mentions a full disk has failed', () => {
  const source = "assert ok, 'retry after: No space left on device'";
  expect(failureOf(cellError(source, 'AssertionError: '), true)).toEqual(['cell-failed', { path: 'a.ipynb', cell: 2 }]);
});
