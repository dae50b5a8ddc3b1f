import { symlink } from 'node:fs/promises';
import { exchange, type IAnswer } from '../support/http';
import { JupyterServer } from '../support/jupyterServer';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

describe('downloads of annexed files', () => {
  let workspace: Workspace;
  let jupyter: JupyterServer;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await workspace.dataset({
      path: 'study',
      annexed: { 'clip.mp4': 'moving pictures', 'gone.bin': 'far away' },
      dropped: ['gone.bin']
    });
    await symlink('.git/config', workspace.path('study', 'sneaky'));
    jupyter = await JupyterServer.start(workspace);
  });

  afterAll(async () => {
    await jupyter.stop();
    await workspace.dispose();
  });

  const download = (path: string, headers: Record<string, string> = {}): Promise<IAnswer> =>
    exchange(jupyter.address, {
      path: `/files/${path}`,
      headers: { Host: jupyter.host, Authorization: `token ${jupyter.token}`, ...headers }
    });

  it('serves the content a link stands for, with the type of its name', async () => {
    const answer = await download('study/clip.mp4');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('video/mp4');
    expect(answer.text).toBe('moving pictures');
    expect((await download('study/clip.mp4', { Range: 'bytes=0-5' })).text).toBe('moving');
  });

  it('serves nothing else that is hidden, absent or asked for by a stranger', async () => {
    expect((await download('study/.git/config')).status).toBe(404);
    expect((await download('study/sneaky')).status).toBe(404);
    expect((await download('study/gone.bin')).status).toBe(404);
    const key = (await workspace.annex(['lookupkey', 'clip.mp4'], workspace.path('study'))).trim();
    const place = (await workspace.annex(['contentlocation', key], workspace.path('study'))).trim();
    expect((await download(`study/${place}`)).status).toBe(404);
    expect((await download('study/clip.mp4', { Authorization: '' })).status).not.toBe(200);
  });
});
