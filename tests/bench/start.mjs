import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { interleave } from './frame/measure.mjs';

function answers(socketPath) {
  return new Promise(resolve => {
    const sent = request({ socketPath, path: '/jobs', headers: { Host: 'localhost' } }, response => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200));
    });
    sent.once('error', () => resolve(false));
    sent.end();
  });
}

async function startOnce([[program, ...args], env], socket) {
  const start = performance.now();
  const child = spawn(program, args, { env, stdio: 'ignore' });
  while (!(await answers(socket))) {
    await wait(2);
  }
  const time = performance.now() - start;
  child.kill('SIGTERM');
  await once(child, 'close');
  return time;
}

/** From the start of the process to its first answer. */
export const start = {
  name: 'start',
  measure: async bench => {
    const folder = await mkdtemp(join(tmpdir(), 'datalad-start-'));
    try {
      const socket = join(folder, 'socket');
      const command = await bench.serverCommand(folder, socket);
      const { ours } = await interleave({ ours: () => startOnce(command, socket) }, Math.max(9, bench.rounds));
      return [{ what: 'Node server from spawn to first answer', ours, unit: 'ms', target: 500 }];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
};

/** Programs that a process has started and that still run. */
async function childrenOf(pid) {
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(tasks.map(task => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')));
  return lists.join(' ').trim().split(/\s+/u).filter(Boolean);
}

/** Milliseconds after which nothing that was begun before still runs, and memory was given back. */
const QUIET = 25_000;

/** A dataset was looked at, with the panel open; then the last tab that listened was closed. */
export const closed = {
  name: 'closed',
  measure: async bench => {
    const { root } = await bench.dataset('deep', 10_000);
    const server = await bench.server(root);
    const leave = await server.listen();
    await server.call('rows', { folder: 'ds' });
    await server.call('dataset', { path: 'ds' });
    await server.call('totals', { dataset: 'ds', complete: true });
    leave();
    await wait(QUIET);
    const left = await childrenOf(server.child.pid);
    const what = 'memory of the Node server with the panel closed again, 10,000 files';
    return [
      { what, ours: await server.memory(), unit: 'MB', target: 90 },
      { what: 'programs that run beside it then', ours: left.length, unit: '', target: 0 }
    ];
  }
};
