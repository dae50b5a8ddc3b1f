import type { CallOutput } from '../../../protocol/contract';
import type { Amount } from '../../../protocol/dataset';
import { emptyAmount } from '../figures/figures';
import { freeSpace } from './diskReserve';
import type { ISelection } from './selection';
import { findSources } from './sources';

/** What a get of selected files would bring, but for subdatasets that are not installed. */
export async function planGet(
  selections: readonly ISelection[],
  signal: AbortSignal
): Promise<Omit<CallOutput<'planGet'>, 'absentSubdatasets'>> {
  const toGet = emptyAmount();
  const alreadyHere = emptyAmount();
  const keysAt = new Map<string, number>();
  let unavailable = 0;
  for (const { repository, figures, chosen } of selections) {
    const missing: string[] = [];
    const seen = new Set<number>();
    for (const at of chosen) {
      const place = figures.files.keyOf[at] ?? 0;
      const edited = figures.edited.has(at);
      if (!seen.has(place) && !edited) {
        seen.add(place);
        const here = figures.here[place] === 1;
        addKey(here ? alreadyHere : toGet, figures.files.bytes[place] ?? -1);
        missing.push(...(here ? [] : [figures.files.keys[place] ?? '']));
      }
    }
    const sources = await findSources(repository, missing, signal);
    sources.keysAt.forEach((keys, name) => keysAt.set(name, (keysAt.get(name) ?? 0) + keys));
    unavailable += sources.unavailable;
  }
  const [first] = selections;
  return {
    toGet,
    alreadyHere,
    sources: [...keysAt].map(([name, files]) => ({ name, files })).sort((one, other) => other.files - one.files),
    unavailable,
    free: first === undefined ? null : await freeSpace(first.repository)
  };
}

/** Counts one key; `bytes` is negative where it names none. */
export function addKey(amount: Amount, bytes: number): void {
  amount.files++;
  amount.bytes += Math.max(0, bytes);
  amount.unsized += bytes < 0 ? 1 : 0;
}
