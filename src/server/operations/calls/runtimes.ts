import { constants } from 'node:fs';
import { access, lstat, mkdir, mkdtemp, readlink, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNTIMES, type Runtime, type RuntimeName } from '../../../protocol/runtime';
import { displayName } from '../../bytes';
import { mapLimited } from '../../mapLimited';
import { run } from '../../process/run';
import { lastOf, type Redactor } from '../../redact';

export interface IRuntimesOptions {
  /** The environment that commands of the user have. */
  readonly env: Record<string, string>;
  readonly redactor: Redactor;
  readonly signal?: AbortSignal;
}

/** Milliseconds for a question to one program, and for a start in a container. */
const ANSWER = 10_000;
const START = 20_000;
const SAID = 1_000;
/** Where a system keeps its programs and what they are linked with. */
const SYSTEM = ['usr', 'bin', 'lib', 'lib64', 'lib32', 'sbin'] as const;

interface IRuntimeProbe {
  readonly program: string;
  readonly version: readonly string[];
  /**
   * Arguments of a start of `true`, once for each set of options that may be needed; `root`: an empty folder, `system`: what has to be seen
   * in it so that `true` can be started. Absent where no start can be tried.
   */
  readonly starts?: readonly { options: readonly string[]; args(root: string, system: readonly string[]): string[] }[];
}

const plain = (args: (root: string, system: readonly string[]) => string[]): IRuntimeProbe['starts'] => [{ options: [], args }];
const singularity = plain((root, system) => ['exec', '--bind', system.join(','), root, 'true']);
/** The later ones are for machines where containers get no network, no groups of resources, and none but small limits. */
const PODMAN = [
  [],
  ['--network=none'],
  ['--network=none', '--cgroups=disabled'],
  ['--network=none', '--cgroups=disabled', '--ulimit=host'],
  // In a container without cgroups of version 2, where crun refuses to start anything.
  ['--network=none', '--runtime=runc', '--cgroup-manager=cgroupfs', '--ulimit=nofile=1024:1024', '--ulimit=nproc=1024:1024']
] as const;

const PROBES: Record<RuntimeName, IRuntimeProbe> = {
  apptainer: { program: 'apptainer', version: ['--version'], starts: singularity },
  singularity: { program: 'singularity', version: ['--version'], starts: singularity },
  podman: {
    program: 'podman',
    version: ['--version'],
    starts: PODMAN.map(options => ({
      options,
      args: (root, system) => [
        'run',
        '--rm',
        ...options,
        ...system.map(folder => `--volume=${folder}:${folder}:ro`),
        '--rootfs',
        root,
        'true'
      ]
    }))
  },
  // Its daemon starts containers from images of its own alone.
  docker: { program: 'docker', version: ['version', '--format', '{{.Server.Version}}'] },
  bubblewrap: {
    program: 'bwrap',
    version: ['--version'],
    starts: plain(() => ['--ro-bind', '/', '/', '--dev-bind', '/dev', '/dev', 'true'])
  },
  proot: { program: 'proot', version: ['--version'], starts: plain(() => ['-r', '/', 'true']) }
};

/**
 * Looks which runtimes are on PATH and whether a program that does nothing can be started in each. It starts them: so it is asked for by
 * somebody who wants to know, and can be given up. Nothing of a dataset is used.
 */
export async function readRuntimes(options: IRuntimesOptions): Promise<Runtime[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'datalad-runtimes-'));
  try {
    return await mapLimited(RUNTIMES, 3, name => probe(name, scratch, options));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function probe(name: RuntimeName, scratch: string, options: IRuntimesOptions): Promise<Runtime> {
  const { program, version, starts } = PROBES[name];
  const path = await findProgram(program, options.env);
  if (path === null) {
    return { name, program: null, start: 'fails', options: [] };
  }
  const answered = await attempt(path, version, { ...options, cwd: scratch, timeout: ANSWER });
  const found = { name, program: displayName(path), ...(answered.ok ? versionIn(answered.text) : {}) };
  if (!answered.ok || starts === undefined) {
    return { ...found, options: [], ...(answered.ok ? { start: 'untried' } : { start: 'fails', said: answered.text }) };
  }
  const root = await emptyRoot(join(scratch, name));
  let said = '';
  for (const start of starts) {
    const started = await attempt(path, start.args(root, await system()), { ...options, cwd: scratch, timeout: START });
    if (started.ok) {
      return { ...found, start: 'works', options: [...start.options] };
    }
    said = said === '' ? started.text : said;
  }
  return { ...found, start: 'fails', options: [], said };
}

/** Where a program is found as a shell would; null where it is not. */
export async function findProgram(name: string, env: Readonly<Record<string, string>>): Promise<string | null> {
  for (const folder of (env['PATH'] ?? '').split(':')) {
    const path = join(folder, name);
    const found = await access(path, constants.X_OK)
      .then(() => stat(path))
      .then(
        stats => stats.isFile(),
        () => false
      );
    if (found) {
      return path;
    }
  }
  return null;
}

/** Runs a program; what it said last, also where it took too long or could not be started. A cancel is none of these. */
async function attempt(
  program: string,
  args: readonly string[],
  { env, redactor, signal, cwd, timeout }: IRuntimesOptions & { cwd: string; timeout: number }
): Promise<{ ok: boolean; text: string }> {
  const words = (text: string): string => displayText(redactor.text(lastOf(text.trim(), SAID)));
  try {
    const { code, stdout, stderr } = await run(program, args, { cwd, env, timeout, signal });
    const [out, error] = [stdout.toString('utf8'), stderr];
    return { ok: code === 0, text: words(code === 0 ? out : `${error}\n${out}`) };
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    return { ok: false, text: words(error instanceof Error ? error.message : String(error)) };
  }
}

function displayText(text: string): string {
  return text.split('\n').map(displayName).join('\n');
}

function versionIn(text: string): { version?: string } {
  const [version] = /\d+(?:\.\d+)+[\w.+-]*/u.exec(text) ?? [];
  return version === undefined ? {} : { version };
}

/** The folders of the system that are there, without those that are links into others. */
async function system(): Promise<string[]> {
  const found = await Promise.all(
    SYSTEM.map(async name => {
      const stats = await lstat(`/${name}`).catch(() => null);
      return stats?.isDirectory() === true ? [`/${name}`] : [];
    })
  );
  return found.flat();
}

/** A root with nothing in it but places for the system's folders, and links where the system has them. */
async function emptyRoot(root: string): Promise<string> {
  await mkdir(root);
  for (const name of [...SYSTEM, 'tmp', 'dev', 'proc', 'sys', 'etc', 'run']) {
    const stats = await lstat(`/${name}`).catch(() => null);
    if (stats?.isSymbolicLink() === true) {
      await symlink(await readlink(`/${name}`), join(root, name));
    } else if (stats !== null) {
      await mkdir(join(root, name));
    }
  }
  return root;
}
