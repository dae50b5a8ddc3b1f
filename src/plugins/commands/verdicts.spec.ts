import { contentsPath } from '../../protocol/paths';
import type { Result } from '../../protocol/result';
import { FakeContext } from './context.fixtures';
import { showVerdicts } from './verdicts';

const [FIRST, SECOND] = ['a'.repeat(40), 'b'.repeat(40)];
const judged = (path: string, verdict: string, from?: string): Result => ({
  action: 'rerun-output',
  status: 'ok',
  path: contentsPath(path),
  verdict,
  ...(from === undefined ? {} : { from })
});
const results = [
  judged('study/first.txt', 'changed', FIRST),
  judged('study/sub/second.txt', 'changed', SECOND),
  judged('study/same.txt', 'identical', FIRST),
  judged('study/fresh.txt', 'new')
];
const told = { dataset: contentsPath('study'), outcome: { status: 'ok' as const, jobs: ['1'], results } };

test('the file that was chosen is compared with what its run had made', async () => {
  const context = new FakeContext({ answers: { verdicts: 'sub/second.txt' } });
  await showVerdicts(context, told);
  expect(context.asked.verdicts?.files).toEqual([
    { name: 'first.txt', verdict: 'changed', canCompare: true },
    { name: 'sub/second.txt', verdict: 'changed', canCompare: true },
    { name: 'same.txt', verdict: 'identical', canCompare: false },
    { name: 'fresh.txt', verdict: 'new', canCompare: false }
  ]);
  expect(context.compared).toEqual([{ dataset: 'study', path: 'study/sub/second.txt', from: SECOND, to: 'worktree' }]);
});

test('nothing is compared where nothing was chosen', async () => {
  const context = new FakeContext({});
  await showVerdicts(context, told);
  expect(context.compared).toEqual([]);
});
