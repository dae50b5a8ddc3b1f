import type { Failure } from '../../../protocol/failure';
import { displayName } from '../../bytes';
import { Matches } from '../../dataset/runs/matches';

/** Names that are told. */
const NAMED = 3;

interface IEnded {
  readonly dataset: string;
  /** Absolute: where the command ran. */
  readonly folder: string;
  /** Patterns, relative to that. */
  readonly outputs: readonly string[];
  readonly explicit: boolean;
  /** Something was committed. */
  readonly recorded: boolean;
}

/**
 * What is to be told of a command that went well by its exit code: that outputs which were named are not there, or that nothing changed, so
 * that DataLad recorded nothing. Null where there is nothing of that.
 */
export async function emptyHanded({ dataset, folder, outputs, explicit, recorded }: IEnded): Promise<Failure | null> {
  const matches = new Matches(dataset, folder);
  const missing: string[] = [];
  for (const output of outputs) {
    if ((await matches.of(output)).found !== 'all') {
      missing.push(output);
    }
  }
  if (recorded && missing.length === 0) {
    return null;
  }
  const names = missing.slice(0, NAMED).map(displayName).join(', ');
  const nothing = explicit
    ? 'No output that was named changed, so nothing was recorded.'
    : 'Nothing changed, so nothing was recorded.';
  return {
    kind: 'empty-handed',
    message: [
      ...(missing.length > 0 ? [`The command ended well, but outputs that were named were not made: ${names}.`] : []),
      ...(recorded ? [] : [nothing])
    ].join(' '),
    parameters: {
      files: missing.length,
      named: Math.min(missing.length, NAMED),
      names,
      recorded: recorded ? 'yes' : explicit ? 'outputs' : 'no'
    }
  };
}
