import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Node gives memory back only under pressure from this very process, which one that does nothing never has. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') {
    collect();
  }
}
