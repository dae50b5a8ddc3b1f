import { join } from 'node:path';
import type { LargefilesRule } from '../../../protocol/destination';
import { ANNEX_BRANCHES } from '../../annex/branchLogs';
import { readGlobalConfig } from '../../annex/globalConfig';
import { readRefs } from '../../git/refs';
import type { Repository } from '../repository';
import { AttributeLines, readAttributes } from './attributeRules';

const SETTING = 'annex.largefiles';

/** Whether DataLad would save with git-annex at all: it does where git-annex was once, also in another clone. */
export async function usesAnnex(repository: Repository): Promise<boolean> {
  const config = await repository.git.config();
  return config.get('annex.uuid') !== undefined || (await readRefs(repository.git, ANNEX_BRANCHES)).size > 0;
}

/**
 * The rule for each path, in git-annex's order: git's own configuration, then the attributes, then what was set for all clones. Paths
 * without a rule are missing.
 */
export async function readRules(
  repository: Repository,
  paths: readonly string[],
  signal: AbortSignal
): Promise<Map<string, LargefilesRule>> {
  const own = (await repository.git.config()).get(SETTING);
  if (own !== undefined) {
    return new Map(paths.map(path => [path, { from: 'git-config', expression: own }]));
  }
  const [attributes, global] = await Promise.all([
    readAttributes(repository, paths, signal),
    readGlobalConfig(repository.git, join(repository.folder.commonDir, 'annex'), signal)
  ]);
  const lines = new AttributeLines(repository);
  const shared = global.get(SETTING);
  const rules = new Map<string, LargefilesRule>();
  for (const path of paths) {
    const value = attributes.get(path);
    if (value !== undefined) {
      rules.set(path, { from: 'attributes', expression: value, ...(await lines.deciding(path, value)) });
    } else if (shared !== undefined) {
      rules.set(path, { from: 'annex-config', expression: shared });
    }
  }
  return rules;
}
