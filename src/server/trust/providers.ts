import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decodePath, fsPath } from '../bytes';
import { fileStamp } from '../fileStamp';
import { readRegular } from '../regularFile';
import { digestOf, type IHook } from './hooks';

/** Beyond this many bytes a file is told by what the file system says of it. */
const LARGE = 1024 * 1024;

/**
 * Where a dataset says which of the user's passwords DataLad sends to which addresses, in files that travel with it: these may join one
 * address with the password of another. See `Providers.from_config_files` in DataLad's `downloaders/providers.py`.
 */
export function providersFolder(root: string): string {
  return join(root, '.datalad', 'providers');
}

/** The files among them that DataLad reads; what cannot be listed or read by us cannot be read by it either. */
export async function readProviders(root: string): Promise<IHook[]> {
  const folder = providersFolder(root);
  const names = (await readdir(fsPath(folder), { encoding: 'buffer' }).catch(() => [])).map(decodePath);
  return await Promise.all(
    names
      .filter(name => name.endsWith('.cfg'))
      .sort()
      .map(async name => ({
        name,
        digest: digestOf((await readRegular(join(folder, name), LARGE)) ?? (await fileStamp(join(folder, name))))
      }))
  );
}
