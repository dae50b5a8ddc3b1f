import { LRUCache } from 'lru-cache';
import type { IReadIndex } from '../../git/index/currentIndex';
import type { Repository } from '../repository';
import { isLocal } from './prefetch';
import type { IQuickFolder } from './quickFolder';

/** Rows remembered, in all folders of all datasets. */
const REMEMBERED = 60_000;
/** How long a look is good for, in milliseconds: nobody hears of content that was removed by other means than git-annex. */
const GOOD = 30_000;

/** On what a look at a folder rests. */
export interface IGround {
  repository: Repository;
  folder: string;
  index: IReadIndex;
  /** As the watches of folder and dataset gave it before the look; null where nobody would hear of a change. */
  sign: string | null;
}

const looks = new LRUCache<string, IGround & { found: IQuickFolder }>({
  maxSize: REMEMBERED,
  sizeCalculation: ({ found }) => found.rows.length + 1,
  ttl: GOOD
});

/** Forgets all looks. */
export function forgetLooks(): void {
  looks.clear();
}

/** What a folder was found to be, where nothing was heard of it since; null where it is to be looked at again. */
export function lastLook({ repository, folder, index, sign }: IGround): IQuickFolder | null {
  const look = looks.get(placeOf(repository, folder));
  const same = look?.repository === repository && look.index === index && sign !== null && look.sign === sign;
  return same ? look.found : null;
}

/** Remembers a look at a folder that holds nothing but files: what lies deeper has no watch. */
export async function keepLook(ground: IGround, found: IQuickFolder): Promise<void> {
  const { repository, folder, sign } = ground;
  const heard = sign !== null && (await isLocal(repository.root)) && (await isLocal(repository.store.annexDir));
  if (heard && found.children.length === 0 && !found.truncated) {
    looks.set(placeOf(repository, folder), { ...ground, found });
  }
}

function placeOf({ root }: Repository, folder: string): string {
  return `${root}/${folder}`;
}
