import { parseArgs } from 'node:util';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot, root } from './lib/paths.mjs';
import { main, say } from './lib/say.mjs';
import { ensureNodeModules, prepare, setUp } from './lib/setup.mjs';
import { printTally, tallyCheck, tallyJest, tallyPlaywright } from './lib/tally.mjs';
import { runForCode } from './lib/run.mjs';
import { findChromium } from './lib/chromium.mjs';
import { ensureContainerRuntime } from './lib/containerRuntime.mjs';
import { environmentsFolder, TestEnvironments } from './lib/testEnvironments.mjs';
import { unprivileged } from './lib/unprivileged.mjs';
import { buildWheel, toolsWithoutNode } from './lib/wheel.mjs';

const { values: options } = parseArgs({
  options: { long: { type: 'boolean' }, only: { type: 'string', multiple: true } }
});
const reports = inRoot('.cache', 'reports');

async function checks(tools) {
  const commands = [
    ['eslint', ['eslint', '.']],
    ['prettier', ['prettier', '--check', '--log-level', 'warn', '.']],
    ['stylelint', ['stylelint', 'style/**/*.css']],
    ['types of the frontend', ['tsc', '-p', 'tsconfig.json', '--noEmit']],
    ['types of the server', ['tsc', '-p', 'src/server/tsconfig.json', '--noEmit']],
    ['types of the tests', ['tsc', '-p', 'tsconfig.test.json', '--noEmit']],
    ['types of the browser tests', ['tsc', '-p', 'ui-tests/tsconfig.json', '--noEmit']]
  ];
  await ensureNodeModules(tools, inRoot('ui-tests'), 'the browser tests');
  const outcomes = [];
  for (const [label, [command, ...args]] of commands) {
    say(label);
    outcomes.push(tallyCheck(label, await runForCode(command, args, { cwd: root, env: tools.env })));
  }
  return outcomes;
}

/** Runs Jest projects; `wrap` may run the command as somebody else, who can write in `folder` only. */
async function jest(tools, { label, projects, env = {}, args = [], wrap = command => command, folder = reports }) {
  say(label);
  const report = join(folder, `${projects.join('-')}.json`);
  await rm(report, { force: true });
  const cli = inRoot('node_modules', 'jest', 'bin', 'jest.js');
  const command = [tools.node, cli, '--selectProjects', ...projects, '--json', `--outputFile=${report}`, ...args];
  const [executable, ...rest] = wrap(command);
  const code = await runForCode(executable, rest, { cwd: root, env: { ...tools.env, ...env } });
  return tallyJest(label, report, code);
}

const unit = tools => jest(tools, { label: 'unit tests', projects: ['server', 'ui'] });

const long = tools =>
  jest(tools, {
    label: 'random tests, long',
    projects: ['server', 'ui'],
    env: { FC_NUM_RUNS: process.env.FC_NUM_RUNS ?? '100000', DATALAD_TEST_TIMEOUT: '1200000' }
  });

/** Kills jobs at random moments, at least 200 (KILLS) of them; KILL_SEED repeats a run. */
const kills = tools => jest(tools, { label: 'kills at random moments', projects: ['long'] });

async function integration(tools) {
  await ensureContainerRuntime();
  const user = await unprivileged();
  say(user.description);
  try {
    return await jest(tools, {
      label: 'integration tests',
      projects: ['integration'],
      env: user.env,
      // Something a failed test left open must not hold up the run: the failure is told, the user's processes are ended.
      args: ['--forceExit', ...(user.folder ? [`--cacheDirectory=${join(user.folder, 'jest')}`] : [])],
      wrap: user.wrap,
      folder: user.folder ?? reports
    });
  } finally {
    await user.dispose();
  }
}

async function environments(tools) {
  const folder = await environmentsFolder();
  const { wheel, hash } = await buildWheel(tools.environment, folder);
  const requirements = await tools.environment.ask(
    'import tomllib; print("\\n".join(tomllib.load(open("pyproject.toml", "rb"))["project"]["dependencies"]))'
  );
  return new TestEnvironments({ folder, wheel, hash, requirements: requirements.split('\n') });
}

async function hub(tools, made) {
  const environment = await made.get('hub');
  return jest(tools, {
    label: 'JupyterHub',
    projects: ['hub'],
    env: { DATALAD_TEST_ENVIRONMENT: environment.path }
  });
}

async function browser(tools, made) {
  const variants = ['lab', 'lowest', 'notebook', 'collaboration'];
  await ensureNodeModules(tools, inRoot('ui-tests'), 'the browser tests');
  const env = { ...tools.env, CHROMIUM: await findChromium(tools), DATALAD_TEST_PATH: await toolsWithoutNode(made.folder) };
  for (const variant of variants) {
    env[`DATALAD_TEST_${variant.toUpperCase()}`] = (await made.get(variant)).path;
  }
  say('Browser tests');
  const report = join(reports, 'browser.json');
  await rm(report, { force: true });
  const cli = inRoot('ui-tests', 'node_modules', '@playwright', 'test', 'cli.js');
  env.PLAYWRIGHT_JSON_OUTPUT_NAME = report;
  const code = await runForCode(tools.node, [cli, 'test', '--reporter=list,json'], { cwd: inRoot('ui-tests'), env });
  return tallyPlaywright('browser tests', report, code);
}

/** Runs a part; a problem that keeps it from running is one failure, and the other parts still run. */
async function attempt(label, work) {
  try {
    return [await work()].flat();
  } catch (error) {
    console.error(`\n${label}: ${error?.message ?? error}`);
    return [{ label, passed: 0, failed: 1, note: 'could not run' }];
  }
}

const PARTS = {
  checks: ({ tools }) => checks(tools),
  unit: ({ tools }) => unit(tools),
  integration: ({ tools }) => integration(tools),
  hub: async context => hub(context.tools, await context.environments()),
  browser: async context => browser(context.tools, await context.environments())
};

async function everything() {
  const wanted = Object.keys(PARTS).filter(part => !options.only || options.only.includes(part));
  const tools = await setUp();
  let made;
  const context = { tools, environments: () => (made ??= environments(tools)) };
  const outcomes = [];
  for (const part of wanted) {
    outcomes.push(...(await attempt(part, () => PARTS[part](context))));
  }
  return outcomes;
}

await main(async () => {
  await mkdir(reports, { recursive: true });
  const outcomes = options.long
    ? [
        ...(await attempt('set-up', async () => long(await prepare()))),
        ...(await attempt('kills', async () => kills(await setUp())))
      ]
    : await attempt('set-up', everything);
  process.exitCode = printTally(outcomes) ? 0 : 1;
});
