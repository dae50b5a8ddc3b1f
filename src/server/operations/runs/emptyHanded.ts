import type { Failure } from '../../../protocol/failure';
import { displayName } from '../../bytes';
import { isPattern } from '../../dataset/runs/glob';
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
  readonly signal: AbortSignal;
}

/**
 * What is to be told of a command that went well by its exit code: that outputs which were named are not there, or that nothing changed, so
 * that DataLad recorded nothing. Null where there is nothing of that.
 */
export async function emptyHanded({ explicit, recorded, ...ended }: IEnded): Promise<Failure | null> {
  const missing = await notMade(ended);
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

async function notMade({
  dataset,
  folder,
  outputs,
  signal
}: Pick<IEnded, 'dataset' | 'folder' | 'outputs' | 'signal'>): Promise<string[]> {
  const matches = new Matches(dataset, folder, signal);
  const missing: string[] = [];
  for (const output of outputs) {
    const { found } = await matches.of(output);
    // Where not all was looked at, nobody knows what a pattern stands for; a plain name is looked for in any case.
    if (found !== 'all' && !(matches.truncated && isPattern(output))) {
      missing.push(output);
    }
  }
  return missing;
}
