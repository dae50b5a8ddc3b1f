import { type IGitEntry, parseIndex } from '../../git/entry';
import type { Repository } from '../repository';

export interface IIndexedFile {
  readonly entry: IGitEntry;
  /** Null of what is in Git itself. */
  readonly key: string | null;
}

/** All files that git knows, with the keys they stand for; what cannot be read is left out. */
export async function indexedFiles({ git, keys }: Repository, signal: AbortSignal): Promise<IIndexedFile[]> {
  const entries = parseIndex(await git.read(['ls-files', '-s', '-z'], { signal }));
  await keys.load(entries, signal);
  return entries.filter(entry => !keys.lacks(entry)).map(entry => ({ entry, key: keys.of(entry) }));
}
