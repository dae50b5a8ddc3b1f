import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fsPath } from '../../bytes';
import type { IRepositoryFolder } from '../../git/repositoryFolder';

/** Time stamps that move whenever figures may have: comparing them costs nothing, so no watch is needed for them to be right. */
export interface IStamp {
  /** Of the index, and of what adjusted branches were made of: that names the files which a branch hides. */
  files: string;
  /** Of what git-annex writes while content comes or goes. */
  content: string;
}

/** Reads the stamps of a dataset. */
export async function readStamp({ gitDir, commonDir }: IRepositoryFolder): Promise<IStamp> {
  const annex = join(commonDir, 'annex');
  const content = [
    join(annex, 'journal'),
    join(annex, 'journal-private'),
    join(annex, 'objects'),
    join(commonDir, 'refs/heads/git-annex'),
    join(commonDir, 'packed-refs')
  ];
  const files = [join(gitDir, 'index'), join(commonDir, 'refs/basis/adjusted')];
  const [ofFiles, ofContent] = await Promise.all([files, content].map(paths => Promise.all(paths.map(stampOf))));
  return { files: ofFiles?.join(' ') ?? '', content: ofContent?.join(' ') ?? '' };
}

async function stampOf(path: string): Promise<string> {
  return await stat(fsPath(path), { bigint: true }).then(
    stats => `${stats.ino}-${stats.mtimeNs}-${stats.size}`,
    () => '-'
  );
}
