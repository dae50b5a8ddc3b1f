import type { JobReport } from '../../../protocol/job';
import { contentsPath } from '../../../protocol/paths';
import type { Result } from '../../../protocol/result';
import { reportOf } from './report';

const COMMIT = 'a'.repeat(40);

function reported(results: readonly Partial<Result>[]): JobReport {
  const job = {
    id: 'job',
    operation: 'verifyRuns',
    origin: 'panel' as const,
    dataset: contentsPath('ds'),
    input: {},
    command: []
  };
  const counts = { ok: 0, notneeded: 0, failed: 0 };
  return {
    job: { ...job, state: 'ok', created: 0, counts },
    results: results.map(result => ({ action: '', status: 'ok', path: 'ds', ...result })),
    output: ''
  };
}

const ABOUT = {
  action: 'verification',
  id: 'some-id',
  head: COMMIT,
  person: 'A. *Person* <a@b.org>',
  started: 0,
  tools: [{ name: 'git', version: '2.40' }]
};

it('tells who verified what with what, and of each file how it compares', () => {
  const text = reportOf(
    reported([
      ABOUT,
      {
        action: 'rerun-output',
        path: 'ds/a|b`.txt',
        verdict: 'changed',
        from: COMMIT,
        was: 'git:1',
        now: 'git:2',
        difference: '@@ -1 +1 @@\n-```\n+x\n'
      },
      { action: 'verified-run', commit: COMMIT, title: '# [Not](a heading)', command: 'echo ```' }
    ])
  );
  expect(text).toContain('- Verified by: A. \\*Person\\* \\<a@b.org\\>');
  expect(text).toContain('- Begun: 1970-01-01T00:00:00.000Z');
  expect(text).toContain('- With: git 2.40');
  expect(text).toContain('- Files: 1 changed');
  expect(text).toContain('## \\# \\[Not\\](a heading)');
  expect(text).toContain('````\necho ```\n````');
  expect(text).toContain('| ``a\\|b`.txt`` | changed | `git:1` | `git:2` |');
  expect(text).toContain('````diff\n@@ -1 +1 @@\n-```\n+x\n````');
});

it('tells why a run failed', () => {
  const failed = { kind: 'command-failed', message: 'The command ended with exit code 3.', detail: 'no such thing' };
  const text = reportOf(
    reported([
      ABOUT,
      { action: 'rerun-output', path: 'ds/out', verdict: 'failed', from: COMMIT, was: 'git:1' },
      { action: 'verified-run', commit: COMMIT, title: 'Run', command: 'false', failed }
    ])
  );
  expect(text).toContain('**Failed.** The command ended with exit code 3.');
  expect(text).toContain('no such thing');
  expect(text).toContain('| `out` | not made | `git:1` |  |');
});

it('has nothing to tell of a job that verified nothing', () => {
  expect(reportOf(reported([]))).toBeNull();
});
