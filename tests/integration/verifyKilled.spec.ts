import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { throwAwayFolder } from '../../src/server/dataset/runs/needs';
import { NodeServer } from '../support/nodeServer';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

let workspace: Workspace;
beforeAll(async () => (workspace = await makeWorkspace()));
afterAll(async () => await workspace.dispose());

it('leaves nothing after the next start, when the server is killed in the middle of a verification', async () => {
  const started = workspace.path('started');
  await workspace.datalad(['create', 'ds']);
  const record = { cmd: `echo $$ > ${started}; sleep 100`, inputs: [], outputs: [], pwd: '.', exit: 0, chain: [] };
  const lines = ['=== Do not change lines below ===', JSON.stringify(record), '^^^ Do not change lines above ^^^'];
  await workspace.git(
    ['commit', '-q', '--allow-empty', '-m', `[DATALAD RUNCMD] Slow\n\n${lines.join('\n')}\n`],
    workspace.path('ds')
  );
  const commit = (await workspace.git(['rev-parse', 'HEAD'], workspace.path('ds'))).trim();
  const folder = throwAwayFolder(workspace.env);

  const first = await NodeServer.start(workspace);
  await first.start('verifyRuns', { dataset: 'ds', commit, runs: [commit] });
  await until('the command', async () => existsSync(started) && (await readFile(started, 'utf8')) !== '');
  const shell = Number(await readFile(started, 'utf8'));
  expect(await readdir(folder)).toHaveLength(1);
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  expect(await readdir(folder)).toHaveLength(1);

  const second = await NodeServer.start(workspace);
  await until('an empty folder', async () => (await readdir(folder)).length === 0);
  expect(existsSync(`/proc/${shell}`)).toBe(false);
  expect(await workspace.git(['status', '--porcelain'], workspace.path('ds'))).toBe('');
  await second.stop();
});
