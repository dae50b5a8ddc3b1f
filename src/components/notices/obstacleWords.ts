import type { TranslationBundle } from '@jupyterlab/translation';
import type { Failure } from '../../protocol/failure';
import type { Obstacle } from '../../protocol/dataset';
import { lockFailure } from '../failures/lockWords';
import type { ICurrentState } from '../../tokens';

/** An obstacle as the failure that work would end with, so that both are worded once. */
export function obstacleFailure(obstacle: Obstacle): Failure {
  switch (obstacle.kind) {
    case 'read-only':
    case 'no-identity':
      return { kind: obstacle.kind, message: obstacle.kind };
    case 'other-owner':
      return { kind: 'other-owner', message: obstacle.kind, parameters: { owner: obstacle.owner } };
    case 'locked':
      return lockFailure(obstacle.lock);
    case 'newer-annex':
      return { kind: 'tool-too-old', message: obstacle.kind, parameters: { tool: 'git-annex', version: obstacle.version } };
    case 'older-annex':
      return { kind: 'needs-upgrade', message: obstacle.kind, parameters: { version: obstacle.version } };
    case 'unfinished':
      return { kind: 'merge-in-progress', message: obstacle.kind, parameters: { what: obstacle.what } };
  }
}

/** Why nothing can be saved at this moment; null when it can. A missing identity does not block: the save asks for it. */
export function blockedWords({ summary, health }: ICurrentState, trans: TranslationBundle): string | null {
  const kinds = new Set(summary?.obstacles.map(({ kind }) => kind));
  if (kinds.has('read-only') || kinds.has('other-owner')) {
    return trans.__('Nothing can be saved in this dataset.');
  }
  if (kinds.has('locked')) {
    return trans.__('Another program is at work in this dataset.');
  }
  if (summary?.unread?.some(({ part }) => part === 'changes' || part === 'branch') === true) {
    return trans.__('Changes cannot be read, so nothing can be saved.');
  }
  const missing = health?.tools.find(
    ({ name, status }) => status !== 'ok' && (name === 'datalad' || name === 'git-annex' || name === 'git')
  );
  return missing === undefined ? null : trans.__('%1 is missing or too old.', missing.name);
}
