import { spawn } from 'node:child_process';
import { inRoot, root } from './lib/paths.mjs';
import { main, say } from './lib/say.mjs';
import { setUp } from './lib/setup.mjs';

/** Each rebuilds its part when its sources change; the browser shows it at the next reload. */
const WATCHERS = [
  ['tsc', '-p', 'tsconfig.json', '--watch', '--preserveWatchOutput'],
  ['jupyter-builder', 'watch', '.'],
  ['node', inRoot('scripts', 'buildServer.mjs'), '--watch']
];

await main(async () => {
  const tools = await setUp();
  say('Watching the frontend and the server; reload the browser to see a change, Ctrl+C ends it');
  say('A new server is used once the old one has ended: restart JupyterLab, or end the node process');
  const children = WATCHERS.map(([command, ...args]) =>
    spawn(command, args, { cwd: root, env: tools.env, stdio: ['ignore', 'inherit', 'inherit'], detached: true })
  );
  const endAll = () => children.forEach(end);
  process.on('SIGINT', endAll);
  process.on('SIGTERM', endAll);
  // One watcher that ends badly ends the others: a build that stands still unnoticed is worse than none.
  await Promise.all(
    children.map(child => new Promise(resolve => child.once('close', resolve).once('error', resolve)).then(endAll))
  );
});

/** Ends a watcher with what it has started; one that has ended already is left alone. */
function end({ pid, exitCode, signalCode }) {
  if (pid !== undefined && exitCode === null && signalCode === null) {
    process.kill(-pid, 'SIGTERM');
  }
}
