import type { Substitution } from '../../../protocol/runPlan';
import { parseEntries } from '../../git/config';
import { readBranchConfig } from '../branchConfig';
import type { Repository } from '../repository';

const PREFIX = 'datalad.run.substitutions.';

/** A placeholder that the settings define. */
export interface ISubstitution {
  /** All that one place sets, which DataLad writes with blanks between. */
  readonly values: readonly string[];
  readonly from: Substitution['from'];
}

/**
 * The placeholders that settings define, by name, in DataLad's order: what came with the files counts least, then git's configuration, then
 * the environment of the run. Of each name all values of the place that counts.
 */
export async function readSubstitutions(
  repository: Repository,
  { terminalEnv, signal }: { terminalEnv: Record<string, string>; signal: AbortSignal }
): Promise<Map<string, ISubstitution>> {
  const [committed, own] = await Promise.all([
    readBranchConfig(repository.root, repository.git, signal),
    repository.git.read(['config', '--list', '-z'], { signal }).then(parseEntries)
  ]);
  // Python's `os.environ` has them by name, whatever their case.
  const environment = Object.entries(terminalEnv)
    .filter(([name]) => name.startsWith('DATALAD_'))
    .map(([name, value]) => [name.replaceAll('__', '-').replaceAll('_', '.').toLowerCase(), value] as const);
  const found = new Map<string, ISubstitution>();
  const add = (entries: readonly (readonly [key: string, value: string])[], from: Substitution['from']): void =>
    valuesIn(entries).forEach((values, name) => found.set(name, { values, from }));
  add(committed, 'dataset');
  add(own, 'settings');
  add(environment, 'settings');
  return found;
}

function valuesIn(entries: readonly (readonly [key: string, value: string])[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [key, value] of entries) {
    const name = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : '';
    if (name !== '' && !name.includes('.')) {
      found.set(name, [...(found.get(name) ?? []), value]);
    }
  }
  return found;
}
