import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { contentsPath } from '../../src/protocol/paths';
import { readAbsentFiles } from '../../src/server/operations/notebooks/absentFiles';
import { PathBoundary } from '../../src/server/paths';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(60_000);

describe('names that a notebook uses', () => {
  let workspace: Workspace;
  const dataset = contentsPath('ds');

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await workspace.dataset({
      annexed: { 'data.bin': '12345678', 'sub/near.bin': 'near', 'sub/it\'s "x".bin': 'odd', 'unlocked.bin': 'pointer' },
      unlocked: ['unlocked.bin'],
      dropped: true,
      files: { 'note.txt': 'in Git', 'sub/notebook.ipynb': '{}' }
    });
    await workspace.write({ 'outside.txt': 'elsewhere' });
    await symlink('/etc/hostname', workspace.path('ds/sub/leads-out'));
    await symlink('.git/annex/objects/xx/yy/MD5E-s5--0/MD5E-s5--0', workspace.path('ds/link.bin'));
  });

  afterAll(() => workspace.dispose());

  const ask = async (...names: string[]): Promise<string[]> => {
    const boundary = new PathBoundary(workspace.root);
    const found = await readAbsentFiles({ dataset, path: contentsPath('ds/sub/notebook.ipynb'), names }, boundary);
    return found.map(({ path, bytes, unlocked }) => `${path} ${bytes}${unlocked ? ' unlocked' : ''}`);
  };

  it('are files that are not here: beside it, above it, or by their whole path', async () => {
    expect(await ask('near.bin')).toEqual(['ds/sub/near.bin 4']);
    expect(await ask('../data.bin', 'data.bin', workspace.path('ds/data.bin'))).toEqual(['ds/data.bin 8']);
    expect(await ask('it\'s "x".bin')).toEqual(['ds/sub/it\'s "x".bin 3']);
    expect(await ask('unlocked.bin')).toEqual(['ds/unlocked.bin 7 unlocked']);
  });

  it('are none that are here, are in Git, are not there, or lie elsewhere', async () => {
    await mkdir(workspace.path('ds/sub/data.d'), { recursive: true });
    expect(
      await ask(
        ...['note.txt', 'no-such-file', '', '.', '..', '/', 'sub', 'data.d', 'leads-out', 'x\0y', 'x'.repeat(4_000)],
        ...['../../outside.txt', '../../../../../../etc/hostname', '/etc/shadow', '../.git/annex', '.git/HEAD']
      )
    ).toEqual([]);
  });

  it('count where they are there first, whatever lies above', async () => {
    await writeFile(workspace.path('ds/sub/data.bin'), 'here');
    expect(await ask('data.bin')).toEqual([]);
    expect(await ask('../data.bin')).toEqual(['ds/data.bin 8']);
  });
});
