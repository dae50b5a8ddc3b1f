import { rm } from 'node:fs/promises';
import { FailureError } from '../../../protocol/failure';
import { makeWorkspace, type Workspace } from '../../../../tests/support/workspace';
import type { AbsolutePath } from '../../paths';
import { notingWhatIsLeft } from './leftBehind';
import { RunBook } from './runBook';

const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

describe('a run that found no space', () => {
  let workspace: Workspace;
  let dataset: AbsolutePath;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    dataset = workspace.path('ds') as AbsolutePath;
    await workspace.git(['init', '-q', 'ds']);
  });

  afterAll(() => workspace.dispose());

  const { signal } = new AbortController();
  const parametersAfter = async (error: Error, work = async (): Promise<void> => undefined): Promise<unknown> =>
    await notingWhatIsLeft({ job: 'run', dataset, env: workspace.env, signal, book: new RunBook() }, async () => {
      await work();
      throw error;
    }).then(
      () => undefined,
      (reason: unknown) => (reason instanceof FailureError ? [reason.failure.kind, reason.failure.parameters?.['left']] : reason)
    );

  it('tells whether it left anything, and stays what it is where that cannot be read', async () => {
    expect(await parametersAfter(full)).toEqual(['no-space', undefined]);
    expect(await parametersAfter(full, () => workspace.write({ 'ds/half.dat': 'half' }))).toEqual(['no-space', 'yes']);
    // It was there before.
    expect(await parametersAfter(full)).toEqual(['no-space', undefined]);
    const other = new Error('other');
    expect(await parametersAfter(other)).toBe(other);
    expect(await parametersAfter(full, () => rm(`${dataset}/.git`, { recursive: true }))).toEqual(['no-space', undefined]);
  });
});
