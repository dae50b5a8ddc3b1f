import type { Destination } from '../../../protocol/destination';
import type { ContentsPath } from '../../../protocol/paths';
import { displayName } from '../../bytes';
import { readUntracked } from '../changes';
import type { Repository } from '../repository';
import { destinationsOf, type FileDestination } from './destinations';

/** Files of a new folder that are looked at. */
const MAX_FILES = 500;

/** What a save of a folder with new files would put where; null where it holds none that git sees. */
export async function folderDestination(
  repository: Repository,
  folder: string,
  { signal, toContents }: { signal: AbortSignal; toContents(relative: string): ContentsPath }
): Promise<Omit<Destination, 'path'> | null> {
  const names = (await readUntracked(repository, folder, { whole: true, signal })).filter(name => !name.endsWith('/'));
  const files = await destinationsOf(repository, names.slice(0, MAX_FILES), signal);
  if (files.length === 0) {
    return null;
  }
  const of = (...to: FileDestination['to'][]): FileDestination[] => files.filter(file => to.includes(file.to));
  const largest = of('git').reduce<FileDestination | null>(
    (most, file) => ((file.bytes ?? 0) > (most?.bytes ?? -1) ? file : most),
    null
  );
  const parts = { git: sum(of('git')), annex: sum(of('annex')), unknown: sum(of('unknown', 'both')) };
  return {
    to: joined(parts),
    because: 'folder',
    ...(names.length > MAX_FILES ? {} : { bytes: sum(files).bytes }),
    within: {
      ...parts,
      more: names.length > MAX_FILES,
      ...(largest === null
        ? {}
        : {
            largest: {
              path: toContents(largest.path),
              name: displayName(largest.path),
              bytes: largest.bytes ?? 0
            }
          })
    }
  };
}

function sum(files: readonly FileDestination[]): { files: number; bytes: number } {
  return { files: files.length, bytes: files.reduce((total, { bytes = 0 }) => total + bytes, 0) };
}

function joined({ git, annex, unknown }: Record<'git' | 'annex' | 'unknown', { files: number }>): Destination['to'] {
  if (unknown.files > 0) {
    return 'unknown';
  }
  return git.files > 0 && annex.files > 0 ? 'both' : git.files > 0 ? 'git' : 'annex';
}
