import { chmod, lstat, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDataset } from './make.mjs';

/** Raised when what is made changes: datasets of another version are made again. */
const VERSION = 2;

/** Git-annex takes the write permission from its folders, which `rm` alone cannot delete then. */
async function remove(folder) {
  if ((await lstat(folder).catch(() => null)) === null) {
    return;
  }
  const free = async path => {
    await chmod(path, 0o755);
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        await free(join(path, entry.name));
      }
    }
  };
  await free(folder);
  await rm(folder, { recursive: true, force: true });
}

/** A dataset that an interrupted run left behind is none. */
async function isUsable(bench, path, stamp) {
  const known = await readFile(`${path}.json`, 'utf8').then(JSON.parse, () => null);
  if (known?.version !== VERSION) {
    return null;
  }
  const head = (await bench.run('git', ['rev-parse', 'HEAD'], { cwd: path })).trim();
  const status = await bench.run('git', ['status', '--porcelain'], { cwd: path });
  return head === known.head && status === '' && known.stamp === stamp ? known : null;
}

/** The dataset of a shape and size in the bench's folder: `{ root, path, head, uuid, … }`, with `root` to show to a server. */
export async function ensureDataset(bench, { shape, files }) {
  const name = `${shape}-${files}`;
  const root = join(bench.cache, name);
  const path = join(root, 'ds');
  const known = await isUsable(bench, path, name).catch(() => null);
  if (known !== null) {
    return known;
  }
  bench.say(`Making a dataset of ${files} annexed files (${shape}), half of them here`);
  await remove(root);
  const made = { version: VERSION, stamp: name, shape, files, root, path, ...(await makeDataset(bench, { path, shape, files })) };
  await writeFile(`${path}.json`, JSON.stringify(made));
  return made;
}
