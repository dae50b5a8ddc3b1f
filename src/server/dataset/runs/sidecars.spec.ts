import { makeWorkspace, type Workspace } from '../../../../tests/support/workspace';
import type { AbsolutePath } from '../../paths';
import { Repository } from '../repository';
import { recordFolder } from './sidecars';

describe('the folder of records', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await workspace.git(['init', '-q', 'ds']);
  });

  afterAll(() => workspace.dispose());

  it.each([
    ['notes/runs', 'notes/runs'],
    ['./notes//runs/', 'notes/runs'],
    ['../../elsewhere', '.datalad/runinfo'],
    ['/etc', '.datalad/runinfo'],
    ['.', '.datalad/runinfo']
  ])('that a dataset brings along as %s is %s', async (said, folder) => {
    const path = workspace.path('ds');
    await workspace.write({ 'ds/.datalad/config': `[datalad "run"]\n\trecord-directory = ${said}\n` });
    await workspace.git(['add', '.datalad/config'], path);
    await workspace.git(['commit', '-q', '-m', 'Settings'], path);
    expect(await recordFolder(await Repository.open(path as AbsolutePath, workspace.env))).toBe(folder);
  });
});
