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

  const parametersAfter = async (error: Error, explicit = false): Promise<unknown> =>
    await notingWhatIsLeft({ job: 'run', dataset, env: workspace.env, explicit, book: new RunBook() }, () =>
      Promise.reject(error)
    ).then(
      () => undefined,
      (reason: unknown) => (reason instanceof FailureError ? [reason.failure.kind, reason.failure.parameters?.['left']] : reason)
    );

  it('tells whether it left anything, and stays what it is where that cannot be read', async () => {
    expect(await parametersAfter(full)).toEqual(['no-space', undefined]);
    await workspace.write({ 'ds/half.dat': 'half' });
    expect(await parametersAfter(full)).toEqual(['no-space', 'yes']);
    // It was there before a run that may begin all the same.
    expect(await parametersAfter(full, true)).toEqual(['no-space', undefined]);
    const other = new Error('other');
    expect(await parametersAfter(other)).toBe(other);
    await rm(`${dataset}/.git`, { recursive: true });
    expect(await parametersAfter(full)).toEqual(['no-space', undefined]);
  });
});
