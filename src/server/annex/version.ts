import type { GitConfig } from '../git/config';

/** The newest version of repositories there was when this was written; git-annex refuses those it does not know. */
const NEWEST = 10;
/** It works in older ones only after an upgrade, which it does by itself from the second of these on, unless it is told not to. */
const [OLDEST, OLDEST_UPGRADED] = [8, 3];

/** Why git-annex will not work in a repository. */
export interface IVersionProblem {
  kind: 'newer-annex' | 'older-annex';
  version: string;
}

/** By the version that a repository says it has; null where git-annex works, or there is no annex. */
export function versionProblem(config: GitConfig): IVersionProblem | null {
  const version = config.get('annex.version');
  if (version === undefined) {
    return null;
  }
  const upgrade = 'annex.autoupgraderepository';
  const mayUpgrade = config.get(upgrade) === undefined || config.flag(upgrade);
  if (Number(version) > NEWEST) {
    return { kind: 'newer-annex', version };
  }
  return Number(version) < (mayUpgrade ? OLDEST_UPGRADED : OLDEST) ? { kind: 'older-annex', version } : null;
}
