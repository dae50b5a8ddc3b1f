import { lstat, readFile, symlink } from 'node:fs/promises';
import { hashesBelow } from '../support/everything';
import { exchange, type IAnswer } from '../support/http';
import { JupyterServer } from '../support/jupyterServer';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

describe('annexed files by Jupyter itself', () => {
  let workspace: Workspace;
  let jupyter: JupyterServer;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await workspace.dataset({
      path: 'study',
      files: { 'notes.txt': 'in Git' },
      annexed: { 'clip.mp4': 'moving pictures', 'gone.bin': 'far away', 'open.bin': 'unlocked' },
      unlocked: ['open.bin'],
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

  it('writes through no link to stored content, whoever asks and as whatever user, and says why', async () => {
    const save = (path: string): Promise<IAnswer> =>
      exchange(jupyter.address, {
        method: 'PUT',
        path: `/api/contents/${path}`,
        headers: { Host: jupyter.host, Authorization: `token ${jupyter.token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ type: 'file', format: 'text', content: 'overwritten' })
      });
    const before = await hashesBelow(workspace.path('study/.git/annex/objects'));
    for (const path of ['study/clip.mp4', 'study/gone.bin']) {
      const { status, text } = await save(path);
      expect(status).toBe(403);
      expect(text).toContain('is a locked annexed file');
    }
    expect(await hashesBelow(workspace.path('study/.git/annex/objects'))).toEqual(before);
    await workspace.annex(['fsck', '-q', 'clip.mp4'], workspace.path('study'));
    expect((await save('study/notes.txt')).status).toBe(200);
    expect((await save('study/open.bin')).status).toBe(200);
    expect((await save('study/new.txt')).status).toBe(201);
  });

  it('goes back to no checkpoint through such a link, and makes none through one', async () => {
    const study = workspace.path('study');
    const checkpoints = (path: string): Promise<IAnswer> =>
      exchange(jupyter.address, {
        method: 'POST',
        path: `/api/contents/${path}`,
        headers: { Host: jupyter.host, Authorization: `token ${jupyter.token}`, 'Content-Type': 'application/json' },
        body: '{}'
      });
    await workspace.annex(['unlock', '-q', 'clip.mp4'], study);
    expect((await checkpoints('study/clip.mp4/checkpoints')).status).toBe(201);
    await workspace.write({ 'study/clip.mp4': 'edited' });
    await workspace.annex(['add', '-q', '--force-large', 'clip.mp4', '.ipynb_checkpoints/clip-checkpoint.mp4'], study);
    const before = await hashesBelow(`${study}/.git/annex/objects`);

    const refused = await checkpoints('study/clip.mp4/checkpoints/checkpoint');
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Unlock it, then go back to the checkpoint.');
    const checkpoint = `${study}/.ipynb_checkpoints/clip-checkpoint.mp4`;
    const old = await readFile(checkpoint, 'utf8');
    // Jupyter makes none of what its user may not write, and the old one stays; root may write anything.
    const isRoot = process.getuid?.() === 0;
    expect((await checkpoints('study/clip.mp4/checkpoints')).status).toBe(isRoot ? 201 : 500);
    expect(await readFile(checkpoint, 'utf8')).toBe(isRoot ? 'edited' : old);
    await workspace.annex(['unlock', '-q', 'clip.mp4'], study);
    expect((await checkpoints('study/clip.mp4/checkpoints')).status).toBe(201);
    expect(await readFile(checkpoint, 'utf8')).toBe('edited');
    expect((await lstat(checkpoint)).isFile()).toBe(true);
    expect(await hashesBelow(`${study}/.git/annex/objects`)).toEqual(before);

    await workspace.write({ 'study/clip.mp4': 'once more' });
    expect((await checkpoints('study/clip.mp4/checkpoints/checkpoint')).status).toBe(204);
    expect(await readFile(`${study}/clip.mp4`, 'utf8')).toBe('edited');
    expect(await hashesBelow(`${study}/.git/annex/objects`)).toEqual(before);
  });
});
