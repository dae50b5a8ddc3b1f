import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { capture, probe } from './run.mjs';
import { SetupProblem, say } from './say.mjs';
import { hashOf, unlessStamped } from './stamp.mjs';
import { Environment, findPython } from './venv.mjs';

/** What each environment has beside the wheel. `lab` has nothing: what `pip install` brings, in its newest versions. */
const VARIANTS = {
  lab: [],
  lowest: ['jupyterlab==4.4.0', 'jupyter-server-proxy==4.6.0'],
  notebook: ['notebook>=7.4,<8'],
  collaboration: ['jupyter-collaboration'],
  hub: ['jupyterhub>=5']
};

/**
 * Where the environments lie: outside the tree, where Node and Python would find the tree's packages, and readable by the
 * users that the hub test makes. Kept from run to run, since filling them takes minutes.
 */
export async function environmentsFolder() {
  const user = process.getuid?.() ?? 0;
  const name = createHash('sha256').update(root).digest('hex').slice(0, 8);
  const folder = join(tmpdir(), `jupyterlab-datalad-tests-${user}-${name}`);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const stats = await lstat(folder);
  if (!stats.isDirectory() || (process.getuid && stats.uid !== user)) {
    throw new SetupProblem(`${folder} belongs to somebody else: remove it`);
  }
  return folder;
}

/** A copy by hard links, with the paths in its scripts corrected: seconds instead of minutes, and hardly any space. */
async function copyEnvironment(from, to) {
  await rm(to.path, { recursive: true, force: true });
  if ((await probe('cp', ['-al', from.path, to.path])).code !== 0) {
    await rm(to.path, { recursive: true, force: true });
    await capture('cp', ['-a', from.path, to.path]);
  }
  await rm(join(to.path, '.stamps'), { recursive: true, force: true });
  const scripts = (await readdir(to.bin(''), { withFileTypes: true })).filter(entry => entry.isFile());
  for (const { name } of scripts) {
    const bytes = await readFile(to.bin(name));
    if (bytes.includes(from.path)) {
      const { mode } = await lstat(to.bin(name));
      // Written in place, it would change the original, too.
      await rm(to.bin(name));
      await writeFile(to.bin(name), bytes.toString().replaceAll(from.path, to.path), { mode });
    }
  }
}

const stampOf = (environment, name) => join(environment.path, '.stamps', name);

/** Makes a fresh environment, or brings the wheel in an existing one up to date. */
export class TestEnvironments {
  constructor({ folder, wheel, hash, requirements }) {
    this.folder = folder;
    this.wheel = wheel;
    this.hash = hash;
    this.requirements = requirements;
    this.ready = new Map();
  }

  /** The environment of a variant, ready to use. */
  get(variant) {
    if (!this.ready.has(variant)) {
      this.ready.set(variant, this.make(variant));
    }
    return this.ready.get(variant);
  }

  async make(variant) {
    const environment = new Environment(join(this.folder, variant));
    const hash = await hashOf({ texts: [...this.requirements, ...VARIANTS[variant]] });
    if (!environment.exists) {
      await rm(join(environment.path, '.stamps'), { recursive: true, force: true });
    }
    await unlessStamped(stampOf(environment, 'requirements'), hash, () => this.fill(environment, variant));
    await unlessStamped(stampOf(environment, 'wheel'), this.hash, () =>
      environment.pip('install', '-q', '--no-deps', '--force-reinstall', this.wheel)
    );
    return environment;
  }

  async fill(environment, variant) {
    if (variant === 'lab') {
      say('Installing the wheel into a fresh environment');
      // Debian's own Python, where there is one: users made for a test cannot reach one below root's home folder.
      await environment.create(await findPython(['/usr/bin/python3']));
      await environment.pip('install', '-q', this.wheel);
      return;
    }
    const base = await this.get('lab');
    say(`Making an environment with ${VARIANTS[variant].join(', ')}`);
    await copyEnvironment(base, environment);
    await environment.pip('install', '-q', ...VARIANTS[variant]);
  }
}
