import { probe, runForCode } from './run.mjs';
import { say } from './say.mjs';

const PROGRAMS = ['bwrap', 'proot'];

/**
 * Installs Debian's bubblewrap and proot for the tests of containers, where root can: the one needs user namespaces, which a machine may forbid
 * those who are not root, the other ptrace. Without either the tests run their image without a root of its own, and say so.
 */
export async function ensureContainerRuntime() {
  const there = await Promise.all(PROGRAMS.map(program => probe(program, ['--version'])));
  if (there.every(({ code }) => code === 0) || process.getuid?.() !== 0 || (await probe('apt-get', ['--version'])).code !== 0) {
    return;
  }
  say('Installing Debian’s bubblewrap and proot for the tests of containers');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runForCode('apt-get', ['update', '-q'], { env });
  await runForCode('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'bubblewrap', 'proot'], { env });
}
