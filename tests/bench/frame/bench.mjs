import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root as project } from '../../../scripts/lib/paths.mjs';
import { ensureDataset } from '../datasets/cache.mjs';
import { ServerAlone } from '../serverAlone.mjs';

const execute = promisify(execFile);

/** What a measurement gets: tools, datasets that are made once, and servers that end with it. */
export class Bench {
  #servers = [];
  #bundle;

  constructor({ tools, cache, rounds, files, huge, say }) {
    Object.assign(this, { tools, cache, rounds, files, huge, say });
    this.home = join(cache, 'home');
    this.#bundle = join(cache, 'server');
    /** An identity of its own: neither the user's settings nor the system's decide what is measured. */
    this.env = { ...tools.env, HOME: this.home, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C.UTF-8' };
  }

  async open() {
    await mkdir(this.home, { recursive: true });
    const identity = '[user]\n\tname = Bench\n\temail = bench@example.org\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n';
    await writeFile(join(this.home, '.gitconfig'), identity);
    const script = join(project, 'scripts', 'buildServer.mjs');
    await this.run(this.tools.node, [script, '--production', '--target', this.#bundle]);
  }

  /** A target that was set for the large dataset; none for a smaller one. */
  target(value) {
    return this.files < 100_000 ? undefined : value;
  }

  /** Runs a program to its end and gives its output; `options`: cwd, input … of `execFile`. */
  async run(program, args, options = {}) {
    const { stdout } = await execute(program, args, { env: this.env, maxBuffer: 2 ** 30, ...options });
    return stdout;
  }

  /** The same where the output may be too long for one text, and nobody reads it. */
  async runUnread(program, args, { cwd }) {
    const child = spawn(program, args, { cwd, env: this.env, stdio: 'ignore' });
    const [code] = await once(child, 'close');
    if (code !== 0) {
      throw new Error(`${program} ${args.join(' ')} ended with ${code}`);
    }
  }

  /** A dataset by shape and number of files (`deep`, 100000), made at the first question and kept from run to run. */
  dataset(shape, files) {
    return ensureDataset(this, { shape, files });
  }

  /** Arguments and environment by which the proxy starts Node; with the bundle as it is in a package, which is half as large. */
  async serverCommand(root, socket) {
    const code = [
      'import json, sys',
      'from jupyterlab_datalad.node import server_command, server_environment',
      'print(json.dumps([server_command(*sys.argv[1:]), server_environment()]))'
    ].join('\n');
    const { python } = this.tools.environment;
    const [command, env] = JSON.parse(await this.run(python, ['-c', code, root, socket], { cwd: project }));
    return [command.map(part => (part.endsWith('main.js') ? join(this.#bundle, 'main.js') : part)), env];
  }

  /** A fresh server process that shows `root`; ended by `close` unless stopped before. */
  async server(root) {
    const server = await ServerAlone.start(this, root);
    this.#servers.push(server);
    return server;
  }

  async close() {
    await Promise.all(this.#servers.splice(0).map(server => server.stop()));
  }
}
