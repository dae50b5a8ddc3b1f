import type { Found, FoundGroup } from '../../../protocol/checkUp';
import type { ContentsPath } from '../../../protocol/paths';
import { keyBytes } from '../../annex/key';
import { displayName } from '../../bytes';
import { readKeyCopies } from '../copies/keyCopies';
import type { Repository } from '../repository';
import { indexedFiles } from './annexedFiles';
import { groupOf } from './group';
import { keysHere } from './keysHere';
import { contentSiblings } from './siblings';

interface IOptions {
  signal: AbortSignal;
  toContents(path: string): ContentsPath;
}

/** Files whose content is nowhere, or here alone, by what is noted of other places. */
export async function copiesMissing(repository: Repository, { signal, toContents }: IOptions): Promise<FoundGroup[]> {
  const files = (await indexedFiles(repository, signal)).flatMap(({ entry, key }) => (key === null ? [] : [{ entry, key }]));
  const keys = [...new Set(files.map(({ key }) => key))];
  const [here, copies, pushedTo] = await Promise.all([
    keysHere(repository.store, signal),
    readKeyCopies(repository, keys, signal),
    contentSiblings(repository, signal)
  ]);
  const at = new Map(keys.map((key, index) => [key, index]));
  const nowhere: Found[] = [];
  const onlyHere: Found[] = [];
  for (const { entry, key } of files) {
    const { copies: elsewhere, maybe } = copies.of(at.get(key) ?? 0);
    if (elsewhere.length === 0) {
      const bytes = keyBytes(key);
      (here.has(key) ? onlyHere : nowhere).push({
        path: toContents(entry.path),
        name: displayName(entry.path),
        key: displayName(key),
        ...(bytes === undefined ? {} : { bytes }),
        ...(maybe.length === 0 ? {} : { where: maybe.map(({ name }) => displayName(name)) })
      });
    }
  }
  return [...groupOf('no-copy', nowhere), ...groupOf('only-here', onlyHere, pushedTo)];
}
