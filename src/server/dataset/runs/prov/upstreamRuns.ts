import type { IHit } from '../expand';
import { idOf, type IMade } from '../runGraph';

/** The runs that led to one version of a file, in their order. */
export function upstreamRuns(made: readonly IMade[], focused: IHit): IMade[] {
  const makers = new Map<string, IMade[]>();
  made.forEach(one => one.outputs.forEach(hit => makers.set(idOf(hit), [...(makers.get(idOf(hit)) ?? []), one])));
  const found = new Set<IMade>();
  for (let due = [focused]; due.length > 0;) {
    const next = new Set(due.flatMap(hit => makers.get(idOf(hit)) ?? []).filter(one => !found.has(one)));
    next.forEach(one => found.add(one));
    due = [...next].flatMap(({ inputs, extra }) => [...inputs, ...extra]);
  }
  return made.filter(one => found.has(one));
}
