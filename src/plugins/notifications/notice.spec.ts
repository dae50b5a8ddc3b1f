import { nullTranslator } from '@jupyterlab/translation';
import type { Job } from '../../protocol/job';
import { contentsPath } from '../../protocol/paths';
import { noticeOf } from './notice';

const trans = nullTranslator.load('jupyterlab_datalad');
const JOB: Job = {
  id: '1',
  operation: 'get',
  origin: 'panel',
  dataset: contentsPath('study'),
  input: { dataset: 'study', paths: ['study/data'] },
  command: ['datalad', 'get', 'data'],
  state: 'ok',
  created: 0,
  started: 1_000,
  ended: 2_000,
  counts: { ok: 1, notneeded: 0, failed: 0 }
};

test.each<[string, Partial<Job>]>([
  ['a job that was quick', {}],
  ['a job that waited long and was quick', { created: -60_000 }],
  ['a job the user cancelled', { state: 'cancelled', ended: 60_000 }],
  ['what happened in a terminal', { origin: 'terminal', ended: 60_000 }]
])('nothing is told of %s', (_, more) => {
  expect(noticeOf({ ...JOB, ...more }, trans)).toBeNull();
});

test('a long job says that it is done', () => {
  expect(noticeOf({ ...JOB, ended: 60_000 }, trans)).toEqual({ type: 'success', message: 'Get data is done.' });
});

test('a failure says what happened', () => {
  const failure = { kind: 'unknown', message: 'The disk caught fire.' } as const;
  expect(noticeOf({ ...JOB, state: 'error', failure }, trans)).toEqual({
    type: 'error',
    message: 'Get data: The disk caught fire.',
    inPanel: true
  });
  expect(noticeOf({ ...JOB, state: 'error', counts: { ok: 1, notneeded: 0, failed: 2 } }, trans)?.message).toBe(
    'Get data: 2 files were refused.'
  );
});

test('a remark on a job that went well is a warning', () => {
  const notice = { kind: 'unknown', message: 'Somebody else committed, too.' } as const;
  expect(noticeOf({ ...JOB, notice }, trans)).toEqual({ type: 'warning', message: 'Get data: Somebody else committed, too.' });
});
