import { rm } from 'node:fs/promises';
import { FailureError } from '../../../protocol/failure';
import { makeWorkspace, type Workspace } from '../../../../tests/support/workspace';
import type { AbsolutePath } from '../../paths';
import { tellingWhatIsLeft } from './fullDisk';

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

  const parametersAfter = async (error: Error): Promise<unknown> =>
    await tellingWhatIsLeft(dataset, workspace.env, () => Promise.reject(error)).then(
      () => undefined,
      (reason: unknown) => (reason instanceof FailureError ? [reason.failure.kind, reason.failure.parameters?.['left']] : reason)
    );

  it('tells whether anything unsaved is there, and stays what it is where that cannot be read', async () => {
    expect(await parametersAfter(full)).toEqual(['no-space', undefined]);
    await workspace.write({ 'ds/half.dat': 'half' });
    expect(await parametersAfter(full)).toEqual(['no-space', 'yes']);
    const other = new Error('other');
    expect(await parametersAfter(other)).toBe(other);
    await rm(`${dataset}/.git`, { recursive: true });
    expect(await parametersAfter(full)).toEqual(['no-space', undefined]);
  });
});
