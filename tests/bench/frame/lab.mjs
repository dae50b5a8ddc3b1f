/* global fetch -- Node has it */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findChromium } from '../../../scripts/lib/chromium.mjs';
import { root as project } from '../../../scripts/lib/paths.mjs';

const TOKEN = 'bench';
const MINUTE = 60_000;

/** The extension as users get it: the one in the tree is built for development. */
async function buildLabextension(bench, folder) {
  for (const part of ['lib', 'style', 'schema', 'package.json']) {
    await cp(join(project, part), join(folder, part), { recursive: true });
  }
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, 'jupyterlab_datalad'));
  await bench.run(join(bench.tools.environment.path, 'bin', 'jupyter-builder'), ['build', folder], { cwd: folder });
  return join(folder, 'jupyterlab_datalad', 'labextension');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A JupyterLab of its own, with a browser. */
export class Lab {
  static async start(bench, root) {
    const lab = new Lab();
    try {
      await lab.#start(bench, root);
      return lab;
    } catch (error) {
      await lab.stop();
      throw error;
    }
  }

  async #start(bench, root) {
    this.folder = await mkdtemp(join(tmpdir(), 'datalad-lab-'));
    const share = join(this.folder, 'share', 'labextensions');
    await mkdir(share, { recursive: true });
    await mkdir(join(this.folder, 'source'));
    await symlink(await buildLabextension(bench, join(this.folder, 'source')), join(share, 'jupyterlab-datalad'));
    this.port = await freePort();
    const options = [
      '--allow-root',
      '--no-browser',
      `--ServerApp.root_dir=${root}`,
      `--ServerApp.port=${this.port}`,
      `--IdentityProvider.token=${TOKEN}`,
      '--LabApp.expose_app_in_browser=True',
      '--LabApp.news_url=',
      '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate'
    ];
    const config = join(this.folder, 'config');
    const settings = join(config, 'settings', 'jupyterlab-datalad');
    await mkdir(settings, { recursive: true });
    // Nobody's first dataset: the panel stays closed until it is asked for.
    await writeFile(join(settings, 'panel.jupyterlab-settings'), '{ "openFirstTime": false }');
    const env = {
      ...bench.env,
      JUPYTER_PATH: join(this.folder, 'share'),
      JUPYTER_CONFIG_DIR: config,
      JUPYTERLAB_SETTINGS_DIR: join(config, 'settings'),
      JUPYTERLAB_WORKSPACES_DIR: join(config, 'workspaces')
    };
    this.child = spawn(bench.tools.environment.python, ['-m', 'jupyterlab', ...options], { cwd: project, env, stdio: 'ignore' });
    const { chromium } = createRequire(join(project, 'ui-tests', 'package.json'))('@playwright/test');
    this.browser = await chromium.launch({
      executablePath: await findChromium(bench.tools),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync']
    });
    await this.#untilItAnswers();
  }

  async #untilItAnswers() {
    const end = Date.now() + MINUTE;
    while (!(await fetch(`http://127.0.0.1:${this.port}/api?token=${TOKEN}`).catch(() => null))?.ok) {
      if (Date.now() > end) {
        throw new Error('JupyterLab does not start.');
      }
      await wait(100);
    }
  }

  /** A page on a folder; `prepare` sees it before it loads anything. */
  async open(folder, prepare = () => undefined) {
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 850 } });
    page.setDefaultTimeout(3 * MINUTE);
    await prepare(page);
    await page.goto(`http://127.0.0.1:${this.port}/lab/tree/${folder}?token=${TOKEN}&reset`);
    await page.locator('.jp-DirListing-item').first().waitFor();
    return page;
  }

  /** Ids of the Node server and of all it has started. */
  async ours() {
    const all = await Promise.all(
      (await readdir('/proc')).filter(name => /^\d+$/u.test(name)).map(async pid => ({ pid: Number(pid), ...(await facts(pid)) }))
    );
    const found = [this.child.pid];
    for (const id of found) {
      found.push(...all.filter(({ parent }) => parent === id).map(({ pid }) => pid));
    }
    const server = all.find(({ pid, command }) => found.includes(pid) && command.includes('server/main.js'))?.pid;
    const own = server === undefined ? [] : [server];
    for (const id of own) {
      own.push(...all.filter(({ parent }) => parent === id).map(({ pid }) => pid));
    }
    return own;
  }

  async stop() {
    await this.browser?.close();
    if (this.child !== undefined && this.child.exitCode === null) {
      const closed = once(this.child, 'close');
      this.child.kill('SIGTERM');
      await closed;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function facts(pid) {
  try {
    const [command, stat] = await Promise.all(['cmdline', 'stat'].map(name => readFile(`/proc/${pid}/${name}`, 'utf8')));
    return { command, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
  } catch {
    return { command: '', parent: -1 };
  }
}

/** Seconds of processor time that a process has used. */
export async function processorTime(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
