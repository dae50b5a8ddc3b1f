import { cp, lstat, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { inRoot, root } from './paths.mjs';
import { capture } from './run.mjs';
import { SetupProblem, say } from './say.mjs';
import { hashOf, unlessStamped } from './stamp.mjs';

/** What git tracks or would track, uncommitted work included. Nothing that was built is among it. */
async function sources() {
  const listed = await capture('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  const paths = [...new Set(listed.split('\0').filter(Boolean))].sort();
  const present = await Promise.all(paths.map(path => lstat(inRoot(path)).then(() => true, () => false)));
  const notPacked = path => ['ui-tests/', 'tests/', '.ci/', '.github/', 'docs/'].some(folder => path.startsWith(folder));
  return paths.filter((path, index) => present[index] && !notPacked(path) && !/\.spec\.tsx?$/.test(path));
}

async function copySources(paths, target) {
  await rm(target, { recursive: true, force: true });
  for (const path of paths) {
    await mkdir(dirname(join(target, path)), { recursive: true });
    await cp(inRoot(path), join(target, path), { verbatimSymlinks: true });
  }
}

/**
 * Builds the wheel from a copy of the sources in `folder`, as a user's `pip install` would: in the tree the build would find,
 * and could pack, what an earlier one left there. Gives the path of the wheel and a hash of what it was made from.
 */
export async function buildWheel(environment, folder) {
  const paths = await sources();
  const hash = await hashOf({ texts: paths, paths: paths.map(path => inRoot(path)) });
  const dist = join(folder, 'dist');
  await unlessStamped(join(folder, 'wheel.stamp'), hash, async () => {
    say('Building the wheel');
    await rm(dist, { recursive: true, force: true });
    await copySources(paths, join(folder, 'source'));
    // The build environment brings Node; the one on PATH must not be what makes it work.
    const env = { ...environment.env(), PATH: await toolsWithoutNode(folder) };
    await capture(environment.python, ['-m', 'pip', 'wheel', '-q', '--no-deps', '-w', dist, join(folder, 'source')], { env });
  });
  const [wheel] = (await readdir(dist)).filter(name => name.endsWith('.whl'));
  if (!wheel) {
    throw new SetupProblem(`No wheel was built in ${dist}`);
  }
  return { wheel: join(dist, wheel), hash };
}

const NODE_NAMES = new Set(['node', 'nodejs', 'npm', 'npx', 'corepack', 'yarn', 'jlpm']);

/**
 * A folder of links to all tools on PATH but Node's, to stand in for PATH: the wheel must build, and the extension work,
 * on a machine without Node.
 */
export async function toolsWithoutNode(folder) {
  const bin = join(folder, 'tools-without-node');
  await rm(bin, { recursive: true, force: true });
  await mkdir(bin, { recursive: true });
  const taken = new Set(NODE_NAMES);
  for (const path of (process.env.PATH ?? '').split(delimiter).filter(path => !path.startsWith(root))) {
    for (const name of await readdir(path).catch(() => [])) {
      if (!taken.has(name)) {
        taken.add(name);
        await symlink(join(path, name), join(bin, name));
      }
    }
  }
  return bin;
}
