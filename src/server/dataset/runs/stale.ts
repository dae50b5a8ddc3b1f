import { join } from 'node:path';
import { TREE } from '../../git/entry';
import type { AbsolutePath } from '../../paths';
import type { Repository } from '../repository';
import type { IHit } from './expand';
import { idOf, type IMade } from './runGraph';

/** What is not as it was when runs took it. */
export interface IStale {
  /** Inputs of a run that the last save has otherwise, or not at all. */
  changed(made: IMade): readonly IHit[];
  /** Whether the run would be another one today: by an input, or by what that was made of. Undefined also where nothing of it is left. */
  kind(made: IMade): 'input' | 'upstream' | undefined;
  /** Whether two versions have the same content: a file that was unlocked is another blob with the same key. */
  same(one: IHit, other: IHit): boolean;
}

/** Compares what runs took with what the last save has, and follows that to all that was made of it. */
export async function markStale(
  made: readonly IMade[],
  now: ReadonlyMap<AbsolutePath, IHit>,
  { repositories, signal }: { repositories: readonly Repository[]; signal: AbortSignal }
): Promise<IStale> {
  const keys = await keysWhereDifferent(made, now, { repositories, signal });
  const same = (one: IHit, other: IHit): boolean => one.oid === other.oid || (keys(one) !== null && keys(one) === keys(other));
  const at = ({ root, path }: IHit): IHit | undefined => now.get(join(root, path) as AbsolutePath);
  const isNow = (hit: IHit): boolean => {
    const present = at(hit);
    return present !== undefined && same(present, hit);
  };
  const makers = new Map<string, IMade>();
  // The newest maker of a version counts.
  [...made].reverse().forEach(one => one.outputs.forEach(hit => makers.set(idOf(hit), one)));
  const changes = new Map(
    made.map(one => {
      // What a run works on in place is another one after it.
      const own = new Set(one.outputs.map(({ root, path }) => `${root}\0${path}`));
      const taken = [...one.inputs, ...one.extra].filter(
        ({ root, path, mode }) => !own.has(`${root}\0${path}`) && !(mode === TREE && holds(one, path))
      );
      return [one, taken.filter(hit => !isNow(hit))] as const;
    })
  );
  const kinds = new Map<IMade, 'input' | 'upstream' | undefined>();
  const kind = (one: IMade): 'input' | 'upstream' | undefined => {
    if (!kinds.has(one)) {
      // A run that leads to itself ends here.
      kinds.set(one, undefined);
      kinds.set(one, kindOf(one));
    }
    return kinds.get(one);
  };
  const kindOf = (one: IMade): 'input' | 'upstream' | undefined => {
    if (!one.outputs.some(isNow)) {
      return undefined;
    }
    if ((changes.get(one) ?? []).length > 0) {
      return 'input';
    }
    const before = [...one.inputs, ...one.extra].flatMap(hit => makers.get(idOf(hit)) ?? []);
    return before.some(maker => maker !== one && kind(maker) !== undefined) ? 'upstream' : undefined;
  };
  // The oldest first, so that no way back gets long.
  [...made].reverse().forEach(kind);
  return { changed: one => changes.get(one) ?? [], kind, same };
}

/** Whether a run made something in a folder that it took as a whole. */
function holds({ outputs }: IMade, folder: string): boolean {
  return outputs.some(({ path }) => path.startsWith(`${folder}/`));
}

/** The keys of all versions that the last save does not have byte for byte. */
async function keysWhereDifferent(
  made: readonly IMade[],
  now: ReadonlyMap<AbsolutePath, IHit>,
  { repositories, signal }: { repositories: readonly Repository[]; signal: AbortSignal }
): Promise<(hit: IHit) => string | null> {
  const readers = new Map<string, Repository>(repositories.map(one => [one.root, one]));
  const asked = new Map<string, Map<string, IHit>>();
  for (const hit of made.flatMap(one => [...one.inputs, ...one.extra, ...one.outputs])) {
    const present = now.get(join(hit.root, hit.path) as AbsolutePath);
    if (present !== undefined && present.oid !== hit.oid) {
      const some = asked.get(hit.root) ?? new Map<string, IHit>();
      some.set(hit.oid, hit).set(present.oid, present);
      asked.set(hit.root, some);
    }
  }
  for (const [root, hits] of asked) {
    await readers.get(root)?.keys.load(hits.values(), signal);
  }
  return ({ root, mode, oid }) => readers.get(root)?.keys.of({ mode, oid }) ?? null;
}
