import { join } from 'node:path';
import { fail } from '../../../protocol/failure';
import { Repository } from '../../dataset/repository';
import { absentInputs } from '../../dataset/runs/absentInputs';
import type { AbsolutePath } from '../../paths';
import type { IJobContext } from './context';

interface IInputs {
  readonly dataset: AbsolutePath;
  /** Relative to the dataset; empty: its top. */
  readonly folder: string;
  readonly inputs: readonly string[];
}

/**
 * Fails where DataLad would install subdatasets for the inputs of a run, and get content there: a get does so in two steps, and what was
 * installed is looked at in between.
 */
export async function requireInstalled({ boundary, env }: IJobContext, { dataset, folder, inputs }: IInputs): Promise<void> {
  if (inputs.length === 0) {
    return;
  }
  const [first, ...more] = await absentInputs(await Repository.open(dataset, env), { folder, inputs, env });
  if (first !== undefined) {
    fail('subdatasets-absent', 'A subdataset that the command needs is not installed.', {
      hint: 'Get it first.',
      parameters: { path: boundary.toContents(join(dataset, first) as AbsolutePath), subdatasets: more.length + 1 }
    });
  }
}
