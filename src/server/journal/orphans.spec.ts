import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { startGroup } from '../process/run';
import { ourselves, startOf } from './owner';
import { orphansEnded, serverName, SERVER_VARIABLE } from './orphans';

const dead = { ...ourselves(), start: 'of a server that is gone' };

function start(program: string, args: string[], server: string) {
  const env = { PATH: process.env['PATH'] ?? '', [SERVER_VARIABLE]: server };
  return startGroup(program, args, { cwd: tmpdir(), env });
}

describe('orphansEnded', () => {
  it('waits for what a dead server had started, not for anything else', async () => {
    const orphan = start('sleep', ['60'], serverName(dead));
    const stranger = start('sleep', ['60'], serverName(ourselves()));
    let over = false;
    const ended = orphansEnded([dead]).then(() => (over = true));
    await pause(300);
    expect(over).toBe(false);
    orphan.kill();
    await ended;
    expect(startOf(stranger.process.pid ?? 0)).not.toBe('');
    stranger.kill();
    await Promise.all([orphan.ended, stranger.ended]);
    await orphansEnded([]);
  });

  it('ends the tools that do not end by themselves, and no other program', async () => {
    const worker = start('python3', ['-c', 'import time; time.sleep(60)'], serverName(dead));
    const shared = start('sleep', ['60'], serverName(dead));
    await orphansEnded([dead], 300);
    await worker.ended;
    expect(startOf(shared.process.pid ?? 0)).not.toBe('');
    shared.kill();
    await shared.ended;
  });
});
