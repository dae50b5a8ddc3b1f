import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of each file: so small that what is done for each file is all that counts. */
const SIZE = 1_000;

/** Text that no other file holds, and that compresses badly enough. */
const content = number => `${number} `.repeat(SIZE).slice(0, SIZE);

/**
 * A dataset whose content lies in a local sibling only. `fresh(name)` gives the path of a copy that nobody worked in yet: dropping the
 * content between two measurements would take longer than getting it, and leave traces in the location logs.
 */
export async function makeSibling(bench, files) {
  const root = join(bench.cache, `sibling-${files}`);
  const origin = join(root, 'origin');
  const untouched = join(root, 'untouched');
  await bench.run('chmod', ['-R', 'u+w', root]).catch(() => undefined);
  await rm(root, { recursive: true, force: true });
  await mkdir(join(origin, 'data'), { recursive: true });
  for (let number = 0; number < files; number++) {
    await writeFile(join(origin, 'data', `file-${number}.dat`), content(number));
  }
  const git = (...args) => bench.run('git', args, { cwd: origin });
  await git('init', '-q');
  await git('annex', 'init', '-q', 'origin');
  await git('annex', 'add', '--quiet', '.');
  await git('commit', '-q', '-m', 'Files');
  await bench.run('datalad', ['clone', origin, untouched], { cwd: root });
  const fresh = async name => {
    const path = join(root, name);
    await bench.run('chmod', ['-R', 'u+w', path]).catch(() => undefined);
    await rm(path, { recursive: true, force: true });
    await bench.run('cp', ['-a', untouched, path]);
    // The copy's files are other ones than those the index was written for.
    await bench.run('git', ['status', '--porcelain'], { cwd: path });
    return path;
  };
  return { root, fresh };
}
