import { nullTranslator } from '@jupyterlab/translation';
import type { Failure } from '../../protocol/failure';
import { failureText } from './failureText';

const trans = nullTranslator.load('jupyterlab_datalad');
const failure: Failure = { kind: 'no-space', message: 'full', parameters: { needed: 5_000_000, free: 1_000_000 } };

test('a failure that no job tells of is told with its cause and the way out', async () => {
  expect(await failureText({ status: 'error', jobs: [], results: [], failure }, trans)).toBe(
    'Not enough space. 4.8 MB are needed, 976.6 KB are free. Drop what you do not need, or get fewer files.'
  );
});

test.each([
  { status: 'error', jobs: ['told of by its own notification'], results: [], failure },
  { status: 'cancelled', jobs: [], results: [], failure },
  { status: 'ok', jobs: [], results: [] }
] as const)('nothing is told of %j', async outcome => {
  expect(await failureText({ ...outcome, jobs: [...outcome.jobs], results: [] }, trans)).toBeNull();
});
