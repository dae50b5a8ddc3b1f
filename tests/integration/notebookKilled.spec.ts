import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { executionsFolder } from '../../src/server/operations/notebooks/places';
import { makeNotebook } from '../support/makeNotebook';
import { NodeServer } from '../support/nodeServer';
import { until } from '../support/until';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

let workspace: Workspace;
beforeAll(async () => (workspace = await makeWorkspace()));
afterAll(async () => await workspace.dispose());

it('leaves nothing after the next start, when the server is killed in the middle of an execution', async () => {
  const started = workspace.path('started');
  const waits = `import time; open(${JSON.stringify(started)}, 'w').close(); time.sleep(600)`;
  await workspace.dataset({ files: { 'waits.ipynb': makeNotebook([waits]) } });
  const folder = executionsFolder(workspace.env);

  const first = await NodeServer.start(workspace);
  await first.start('runNotebook', { dataset: 'ds', path: 'ds/waits.ipynb' });
  await until('the cell', () => existsSync(started));
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  expect(await readdir(folder)).toHaveLength(1);

  const second = await NodeServer.start(workspace);
  await until('an empty folder', async () => (await readdir(folder)).length === 0);
  expect(await workspace.git(['status', '--porcelain'], workspace.path('ds'))).toBe('');
  await second.stop();
});
