import { existsSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { capture, probe, runForCode } from './run.mjs';
import { SetupProblem, say } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

async function installed() {
  for (const name of NAMES) {
    const { code, stdout } = await probe('sh', ['-c', 'command -v "$1"', 'sh', name]);
    const path = stdout.trim();
    // Ubuntu's chromium-browser without its snap is a script that only explains itself.
    if (code === 0 && (await probe(path, ['--version'])).code === 0) {
      return path;
    }
  }
  return null;
}

async function fromApt() {
  if (process.getuid?.() !== 0 || (await probe('apt-get', ['--version'])).code !== 0) {
    return null;
  }
  say('Installing Debian’s Chromium for the browser tests');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runForCode('apt-get', ['update', '-q'], { env });
  await runForCode('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], { env });
  return installed();
}

async function fromPlaywright(tools) {
  say('Downloading Playwright’s Chromium for the browser tests');
  const cli = inRoot('ui-tests', 'node_modules', '@playwright', 'test', 'cli.js');
  if ((await runForCode(tools.node, [cli, 'install', 'chromium'], { env: tools.env })) !== 0) {
    return null;
  }
  const program = 'process.stdout.write(require("@playwright/test").chromium.executablePath())';
  const path = await capture(tools.node, ['-e', program], { cwd: inRoot('ui-tests'), env: tools.env });
  return existsSync(path) && (await probe(path, ['--version'])).code === 0 ? path : null;
}

/** The Chromium to test with: `CHROMIUM`, one that is installed, Debian's (as root), or Playwright's own. */
export async function findChromium(tools) {
  if (process.env.CHROMIUM) {
    return process.env.CHROMIUM;
  }
  const path = (await installed()) ?? (await fromApt()) ?? (await fromPlaywright(tools));
  if (!path) {
    throw new SetupProblem(
      'The browser tests need Chromium: none is installed, and neither Debian’s package nor Playwright’s download could be had.\n' +
        'Install Chromium, or name its executable in the variable CHROMIUM.'
    );
  }
  return path;
}
