import type { RunObstacle } from '../../../protocol/undo';
import { WorkTree } from '../../dataset/workTree';
import { readChanged } from '../runs/changed';
import type { ILeft } from '../runs/runBook';
import { type IDiscard, planDiscard } from './plan';

/** What of a run can be taken back, and what it changed that is left alone. */
export interface IRunDiscard extends Omit<IDiscard, 'refused'> {
  readonly refused: readonly { readonly path: string; readonly why: IDiscard['refused'][number]['why'] | RunObstacle }[];
}

/** What a run has changed, as far as it is still as the run left it; the rest of what is unsaved is no matter of it. */
export async function planOfRun(
  { dataset, own, both }: ILeft,
  options: { readonly env: Record<string, string>; readonly signal: AbortSignal }
): Promise<IRunDiscard> {
  const now = await readChanged(dataset, options);
  const isAsLeft = (path: string): boolean => own.has(path) && own.get(path) === now.get(path);
  const touched = [...own.keys(), ...both];
  const edited = touched
    .filter(path => now.has(path) && !isAsLeft(path))
    .map(path => ({ path, why: both.has(path) ? ('edited-before' as const) : ('edited-since' as const) }));
  const found = await planDiscard(await WorkTree.open(dataset, options), touched, { ...options, only: isAsLeft });
  return { ...found, refused: [...found.refused, ...edited] };
}
