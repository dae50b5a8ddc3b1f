import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keyOfFileName } from '../../annex/hashDirectory';
import type { ObjectStore } from '../../annex/presence';
import { decodePath, fsPath } from '../../bytes';
import { mapLimited } from '../../mapLimited';

/** All keys whose content is here, with its bytes: by the folders of the annex, so that none has to be asked for. */
export async function keysHere(store: ObjectStore, signal: AbortSignal): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const objects = join(store.annexDir, 'objects');
  await mapLimited([...(await store.folders())], 8, async folder => {
    signal.throwIfAborted();
    for (const name of await namesIn(join(objects, folder))) {
      // A folder may be left without its content.
      const size = await stat(fsPath(join(objects, folder, name, name))).then(
        stats => stats.size,
        () => null
      );
      if (size !== null) {
        found.set(keyOfFileName(name), size);
      }
    }
  });
  return found;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(fsPath(folder), { encoding: 'buffer' }).catch(() => [])).map(name => decodePath(name));
}
