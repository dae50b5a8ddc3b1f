import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { inRoot, root } from './lib/paths.mjs';
import { CommandFailure, probe, run } from './lib/run.mjs';
import { main, say } from './lib/say.mjs';
import { setUp } from './lib/setup.mjs';

/**
 * Made once; afterwards it is the user's. It is made in its place, since clones remember where they came from; a mark tells
 * a later run that an earlier one was interrupted, so that nobody works with half a demo.
 */
async function ensureDemo(tools) {
  const demo = inRoot('demo');
  const mark = inRoot('demo', '.unfinished');
  if (existsSync(demo) && !existsSync(mark)) {
    return demo;
  }
  say('Making the demo workspace with DataLad');
  await removeDataset(demo);
  await mkdir(demo);
  await writeFile(mark, '');
  const args = [inRoot('scripts', 'demo.py'), demo];
  const made = await probe(tools.environment.python, args, { env: tools.environment.env() });
  if (made.code !== 0) {
    throw new CommandFailure(tools.environment.python, args, made.outcome, made.stderr);
  }
  await rm(mark);
  return demo;
}

/** git-annex takes the right to write from its folders, and so to delete what is in them. */
async function removeDataset(path) {
  if (existsSync(path)) {
    await run('chmod', ['-R', 'u+w', path]);
    await rm(path, { recursive: true });
  }
}

/** JupyterLab hides the size column; the demo shows it, for a default that a right click on the column heads overrules. */
async function showSizes({ environment }) {
  const folder = join(environment.path, 'etc', 'jupyter', 'labconfig');
  await mkdir(folder, { recursive: true });
  const defaults = { '@jupyterlab/filebrowser-extension:browser': { showFileSizeColumn: true, showLastModifiedColumn: false } };
  await writeFile(join(folder, 'default_setting_overrides.json'), JSON.stringify(defaults));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Runs JupyterLab in the foreground; it prints the URL with its token, and Ctrl+C reaches it as from a shell. */
async function openLab(tools, demo, port) {
  const browser = process.stdout.isTTY && !process.env.CI ? [] : ['--no-browser'];
  const superuser = process.getuid?.() === 0 ? ['--allow-root'] : [];
  const args = ['-m', 'jupyterlab', `--ServerApp.root_dir=${demo}`, `--ServerApp.port=${port}`, ...browser, ...superuser];
  const lab = spawn(tools.environment.python, args, { cwd: root, env: tools.environment.env(), stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => lab.kill(signal));
  }
  return new Promise(resolve => lab.once('close', code => resolve(code ?? 1)));
}

await main(async () => {
  const tools = await setUp();
  const demo = await ensureDemo(tools);
  await showSizes(tools);
  say(`Opening JupyterLab on ${demo}; Ctrl+C ends it`);
  process.exitCode = await openLab(tools, demo, await freePort());
});
