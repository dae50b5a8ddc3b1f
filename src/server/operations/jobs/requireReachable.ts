import { join } from 'node:path';
import { fail } from '../../../protocol/failure';
import { Repository } from '../../dataset/repository';
import { absentInputs } from '../../dataset/runs/absentInputs';
import { isPattern } from '../../dataset/runs/glob';
import { Matches } from '../../dataset/runs/matches';
import { specificationsOf } from '../../dataset/runs/specifications';
import { readSubstitutions } from '../../dataset/runs/substitutions';
import type { AbsolutePath } from '../../paths';
import type { IJobContext } from './context';

interface ISpecified {
  readonly dataset: AbsolutePath;
  /** Absolute: where the command runs. */
  readonly folder: string;
  readonly inputs?: readonly string[] | undefined;
  readonly outputs?: readonly string[] | undefined;
  readonly signal: AbortSignal;
}

/**
 * Fails where DataLad would install subdatasets for the inputs of a run, and get content there: a get does so in two steps, and what was
 * installed is looked at in between. Fails, too, where Python's `glob` would follow a link out of the dataset, as a `**` beside a link to
 * `/` would. Both as it is once placeholders of the settings are filled in, since these may have come with the dataset.
 */
export async function requireReachable(
  { boundary, env, terminalEnv }: IJobContext,
  { dataset, folder, inputs = [], outputs = [], signal }: ISpecified
): Promise<void> {
  if (inputs.length + outputs.length === 0) {
    return;
  }
  const repository = await Repository.open(dataset, env);
  const substitutions = await readSubstitutions(repository, { terminalEnv, signal });
  const found = specificationsOf({ inputs, outputs, substitutions, folder });
  const place = { folder: folder.slice(dataset.length + 1), inputs: found.inputs.patterns, env };
  const [first, ...more] = await absentInputs(repository, place);
  if (first !== undefined) {
    fail('subdatasets-absent', 'A subdataset that the command needs is not installed.', {
      hint: 'Get it first.',
      parameters: { path: boundary.toContents(join(dataset, first) as AbsolutePath), subdatasets: more.length + 1 }
    });
  }
  const matches = new Matches(dataset, folder, signal);
  for (const pattern of [...found.inputs.patterns, ...found.outputs.patterns].filter(isPattern)) {
    await matches.of(pattern);
    if (matches.leadsOut) {
      fail('leads-out', `${pattern} would be looked for outside of the dataset, through a link.`, {
        parameters: { name: pattern }
      });
    }
  }
}
