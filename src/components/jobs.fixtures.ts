import type { Job, JobReport } from '../protocol/job';
import { contentsPath } from '../protocol/paths';

const MB = 1024 ** 2;
const GB = 1024 ** 3;
/** A fixed moment, so that pictures do not change. */
export const NOW = Date.UTC(2026, 10, 22, 12);

export function job(more: Partial<Job> = {}): Job {
  return {
    id: 'get-1',
    operation: 'get',
    origin: 'panel',
    dataset: contentsPath('my-analysis'),
    input: { dataset: 'my-analysis', paths: ['my-analysis/data'] },
    command: ['datalad', 'get', 'data'],
    state: 'running',
    created: NOW - 90_000,
    started: NOW - 88_000,
    counts: { ok: 2, notneeded: 0, failed: 0 },
    ...more
  };
}

export const RUNNING = job({
  progress: { bytes: 480 * MB, totalBytes: 1.2 * GB, files: 3, totalFiles: 12, rate: 12 * MB, remaining: 62_000, active: [] }
});
export const SAVED = job({
  id: 'save-1',
  operation: 'save',
  input: { dataset: 'my-analysis', message: 'Reformat code with black' },
  command: ['datalad', 'save', '-m', 'Reformat code with black'],
  state: 'ok',
  ended: NOW - 80_000,
  counts: { ok: 2, notneeded: 0, failed: 0 }
});
export const TERMINAL = job({
  id: 'terminal-1',
  operation: 'terminal',
  origin: 'terminal',
  input: { subjects: ['Add a table'], files: 2 },
  command: [],
  state: 'ok',
  ended: NOW - 400_000,
  counts: { ok: 0, notneeded: 0, failed: 0 }
});
export const REFUSED = job({
  id: 'drop-1',
  operation: 'drop',
  input: { dataset: 'my-analysis', paths: ['my-analysis/data/sub-02_bold.nii.gz', 'my-analysis/data/sub-04_bold.nii.gz'] },
  command: ['datalad', 'drop', 'data/sub-02_bold.nii.gz', 'data/sub-04_bold.nii.gz'],
  state: 'error',
  ended: NOW - 20_000,
  counts: { ok: 0, notneeded: 0, failed: 2 },
  failure: { kind: 'last-copy', message: 'Two files were not dropped.' }
});
export const INTERRUPTED = job({
  id: 'drop-2',
  operation: 'drop',
  state: 'interrupted',
  failure: { kind: 'interrupted', message: 'The server was stopped while this ran.', parameters: { reached: 'running' } }
});
const { started: _, ...unbegun } = job({ id: 'clone-2', operation: 'clone', dataset: null, state: 'interrupted' });
export const WAITED: Job = {
  ...unbegun,
  input: { source: 'https://example.org/study', path: 'study' },
  failure: { kind: 'interrupted', message: 'The server was stopped before this began.', parameters: { reached: 'waiting' } }
};
export const REFUSED_REPORT: JobReport = {
  job: REFUSED,
  output: '',
  results: [
    {
      action: 'drop',
      status: 'error',
      path: 'my-analysis/data/sub-02_bold.nii.gz',
      failure: {
        kind: 'last-copy',
        message: 'The only known copy.',
        detail: 'unsafe\nCould only verify the existence of 0 out of 1 necessary copy'
      }
    },
    {
      action: 'drop',
      status: 'error',
      path: 'my-analysis/data/sub-04_bold.nii.gz',
      failure: { kind: 'modified-content', message: 'Modified.', detail: 'file is modified' }
    }
  ]
};
export const ASKING = job({
  id: 'clone-1',
  operation: 'clone',
  dataset: null,
  input: { source: 'https://example.org/study', path: 'study' },
  command: ['datalad', 'clone', 'https://example.org/study', 'study'],
  prompt: { id: 'p1', text: 'Password for https://example.org', secret: true }
});

export const CLONING = job({
  id: 'clone-3',
  operation: 'clone',
  dataset: null,
  input: { source: 'https://example.org/studyforrest', path: 'studyforrest' },
  command: ['datalad', 'clone', 'https://example.org/studyforrest', 'studyforrest'],
  counts: { ok: 0, notneeded: 0, failed: 0 },
  progress: { step: 'Receiving objects 25 %', active: [] }
});
