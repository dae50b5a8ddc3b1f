import { Dialog } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { configure, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fail } from '../../protocol/failure';
import { contentsPath } from '../../protocol/paths';
import type { RerunPlan } from '../../protocol/rerun';
import type { CommitId } from '../../protocol/revision';
import { accessibilityViolations } from '../testing.fixtures';
import { createDialogs } from './index';
import type { IRerunQuestion, IVerificationQuestion } from './runQuestions';

// JupyterLab shows its `dialog` element by a style sheet, which is not loaded here.
configure({ defaultHidden: true });

const dialogs = createDialogs(nullTranslator.load('jupyterlab_datalad'), async () => fail('not-found', 'Nobody asks for help.'));
const user = userEvent.setup({ delay: null });
const COMMIT = 'a'.repeat(40) as CommitId;
const FROM = { from: COMMIT, was: 'git:1' };

afterEach(() => Dialog.flush());

const NEEDS: NonNullable<RerunPlan['needs']> = {
  here: 5_000_000,
  absent: 2,
  absentBytes: 3_000_000,
  total: 9_000_000,
  free: 10_000_000
};
const facts = { command: 'make all', inputs: [], outputs: [], extraInputs: [], chain: [], other: [] };
const STEP = { commit: COMMIT, title: 'Make all', author: { name: 'Ada', email: 'a@b.org' }, time: 0, here: true };
const QUESTION: IRerunQuestion = {
  datasetName: 'study',
  plan: { steps: [{ ...STEP, record: { state: 'read', facts } }], truncated: false, needs: NEEDS },
  unsaved: 3,
  verify: true,
  commandLines: ['datalad rerun --onto= aaaa']
};

const VERIFIED: IVerificationQuestion = {
  datasetName: 'study',
  runs: [
    { commit: COMMIT, title: 'Make all', command: 'make all' },
    {
      commit: 'b'.repeat(40) as CommitId,
      title: 'Fails',
      command: 'false',
      failed: { kind: 'command-failed', message: '', parameters: { code: 3, why: 'verify' }, detail: 'no such thing' }
    }
  ],
  files: [
    { name: 'same.txt', verdict: 'identical', ...FROM, now: 'git:1' },
    { name: 'other.txt', verdict: 'changed', ...FROM, now: 'git:2', difference: '@@ -1 +1 @@\n-a\n+b\n' },
    { name: 'lost.txt', verdict: 'failed', from: 'b'.repeat(40) as CommitId }
  ],
  file: contentsPath('study/report.md'),
  taken: false
};

test('a verification goes on beside changes, and tells what it takes', async () => {
  const answer = dialogs.rerun(QUESTION);
  expect(
    await screen.findByText(/Neither your files nor your branch change\. What is not saved plays no part in it\./u)
  ).toBeTruthy();
  expect(screen.getByText('4.8 MB of content is copied from here.')).toBeTruthy();
  expect(screen.getByText(/^2 files that they need are not here: 2.9 MB are got/u)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Verify' }));
  expect(await answer).toBe(true);
});

test('it does not begin where there is no room', async () => {
  void dialogs.rerun({ ...QUESTION, plan: { ...QUESTION.plan, needs: { ...NEEDS, free: 1_000_000 } } });
  expect(await screen.findByText(/^There is no room for that: it takes 8.6 MB/u)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Verify' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Close' }));
});

test('verdicts stand with their runs, with why one failed and how a text differs', async () => {
  const answer = dialogs.verification(VERIFIED);
  const made = await screen.findByRole('region', { name: 'Make all' });
  expect(within(made).getByText('other.txt').closest('li')?.textContent).toContain('changed@@ -1 +1 @@');
  const failed = screen.getByRole('region', { name: 'Fails' });
  expect(within(failed).getByText('The command ended with exit code 3.')).toBeTruthy();
  expect(within(failed).getByText('lost.txt').parentElement?.textContent).toBe('lost.txt not made');
  expect(screen.getByRole('status').textContent).toBe(
    '1 identical, 1 changed, 0 missing, 0 new. 1 not made, since a run failed.'
  );
  expect(await accessibilityViolations(document.body.querySelector('.jp-Datalad-verification') as Element)).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Keep the Report' }));
  expect(await answer).toBe('study/report.md');
});

test('a report is not kept over a file', async () => {
  void dialogs.verification({ ...VERIFIED, taken: true });
  expect(await screen.findByText('There is something of this name already. Choose another one.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
});
