import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture, probe, run } from './run.mjs';
import { SetupProblem, say } from './say.mjs';

const OLDEST = [3, 11];
const CANDIDATES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'];
const QUESTION = `
import json, sys
def has(name):
    try:
        __import__(name)
    except ImportError:
        return False
    return True
print(json.dumps({"version": sys.version_info[:2], "executable": getattr(sys, "_base_executable", sys.executable), "venv": has("venv") and has("ensurepip")}))
`;

/** What a Python says about itself, or null when there is none under this name. */
async function inspect(command) {
  const { code, stdout } = await probe(command, ['-c', QUESTION]);
  return code === 0 ? JSON.parse(stdout) : null;
}

const isNewEnough = ({ version: [major, minor] }) => major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
const nameOf = ({ executable, version }) => `${executable} (${version.join('.')})`;

async function installVenvModule(python) {
  const packageName = `python${python.version.join('.')}-venv`;
  const isRoot = process.getuid?.() === 0;
  const hasApt = (await probe('apt-get', ['--version'])).code === 0;
  if (!isRoot || !hasApt) {
    throw new SetupProblem(
      `${nameOf(python)} lacks the modules venv and ensurepip, which make virtual environments.\n` +
        `On Debian and Ubuntu: sudo apt install ${packageName}`
    );
  }
  say(`Installing ${packageName}, which ${python.executable} needs to make virtual environments`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', packageName], { env });
}

/**
 * The Python to make environments from: at least 3.11, with venv. `preferred` are tried before the one on PATH.
 * Throws `SetupProblem` that says what is missing.
 */
export async function findPython(preferred = []) {
  const found = [];
  for (const command of [...preferred, ...CANDIDATES]) {
    const python = await inspect(command);
    if (python && isNewEnough(python) && python.venv) {
      return python;
    }
    if (python) {
      found.push(python);
    }
  }
  const lacksVenv = found.find(isNewEnough);
  if (!lacksVenv) {
    const seen = found.length > 0 ? ` Found only: ${[...new Set(found.map(nameOf))].join(', ')}.` : ' None was found on PATH.';
    throw new SetupProblem(`Python ${OLDEST.join('.')} or newer is needed.${seen}`);
  }
  await installVenvModule(lacksVenv);
  return lacksVenv;
}

/** A virtual environment: its tools, and the environment variables to run things in it. */
export class Environment {
  constructor(path) {
    this.path = path;
  }

  get exists() {
    return existsSync(this.python) && existsSync(join(this.path, 'pyvenv.cfg'));
  }

  get python() {
    return this.bin('python');
  }

  bin(name) {
    return join(this.path, 'bin', name);
  }

  /** `extra` are folders to search before the environment's own. */
  env(extra = []) {
    const env = { ...process.env, VIRTUAL_ENV: this.path };
    env.PATH = [...extra, join(this.path, 'bin'), process.env.PATH ?? ''].join(delimiter);
    delete env.PYTHONHOME;
    return env;
  }

  async create(python) {
    await run(python.executable, ['-m', 'venv', '--clear', this.path]);
  }

  async pip(...args) {
    await run(this.python, ['-m', 'pip', '--disable-pip-version-check', '--no-input', ...args], { env: this.env() });
  }

  /** What Python prints for a program; packages can be asked where they lie. */
  async ask(program) {
    return (await capture(this.python, ['-c', program], { env: this.env() })).trim();
  }
}
