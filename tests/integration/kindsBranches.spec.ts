import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary } from '../../src/protocol/dataset';
import { contentsPath } from '../../src/protocol/paths';
import { asToolsSay, asWeSee, type IState } from '../support/asTools';
import { useReading } from '../support/place';

jest.setTimeout(120_000);

describe('branches, versions and formats of repositories', () => {
  const place = useReading();
  let source: string;
  beforeAll(async () => {
    source = await place.workspace.dataset({
      path: 'source',
      files: { text: 'one\n', 'd/other': 'x' },
      annexed: { 'a.bin': 100, 'd/b.bin': 200, 'd/c.bin': 300, 'u.bin': 400 },
      unlocked: ['u.bin']
    });
  });

  /** A clone with some content, and with one change of each kind. */
  const makeClone = async (name: string, ...options: string[]): Promise<string> => {
    const path = place.workspace.path(name);
    await place.workspace.git(['clone', '-q', ...options, `file://${source}`, path], place.workspace.base);
    await place.workspace.annex(['init', '-q'], path);
    await place.workspace.annex(['get', '-q', 'a.bin', 'd/b.bin', 'u.bin'], path);
    return path;
  };
  const change = async (path: string): Promise<void> => {
    await writeFile(join(path, 'text'), 'two\n');
    await writeFile(join(path, 'new'), 'x');
    await rm(join(path, 'd/other'));
    // A new file, since a locked one may not be written to.
    await rm(join(path, 'u.bin'));
    await writeFile(join(path, 'u.bin'), 'edited');
  };
  const both = async (name: string): Promise<[ours: IState, tools: IState]> => [
    await asWeSee(place.reading, name),
    await asToolsSay(place.workspace, place.workspace.path(name))
  ];
  const summary = async (path: string): Promise<Summary> => {
    const found = await place.reading.datasets.dataset({ path: contentsPath(path) }, place.reading.signal);
    return found ?? Promise.reject(new Error('no dataset'));
  };
  const kindOf = (name: string): 'annex' | 'annex-unlocked' => (name === 'unlock' ? 'annex-unlocked' : 'annex');

  it.each(['unlock', 'lock', 'fix'])('adjusted: %s', async how => {
    const path = await makeClone(how);
    await place.workspace.annex(['adjust', '-q', `--${how}`], path);
    const [clean, cleanTools] = await both(how);
    expect(clean).toEqual(cleanTools);
    expect(clean).toEqual({ changes: [], here: 3, notHere: 1, branch: 'main' });
    await change(path);
    const [ours, tools] = await both(how);
    expect(ours).toEqual(tools);
    expect(ours.changes).toEqual([
      'deleted d/other',
      'modified text',
      ...(how === 'lock' ? ['new new', 'typechange u.bin'] : ['modified u.bin', 'new new'])
    ]);
    expect((await place.reading.rows(`${how}/d`))['b.bin']).toMatchObject({ kind: kindOf(how), here: 'yes', bytes: 200 });
    expect((await place.reading.rows(`${how}/d`))['c.bin']).toMatchObject({ kind: kindOf(how), here: 'no', bytes: 300 });
  });

  it('detached, renamed, and without a commit', async () => {
    const path = await makeClone('heads');
    await change(path);
    await place.workspace.git(['checkout', '-q', '--detach'], path);
    let [ours, tools] = await both('heads');
    expect(ours).toEqual(tools);
    expect(ours.branch).toBeNull();
    await place.workspace.git(['checkout', '-q', 'main'], path);
    await place.workspace.git(['branch', '-m', 'main', 'feature/ünï-x'], path);
    [ours, tools] = await both('heads');
    expect(ours).toEqual(tools);
    expect(ours.branch).toBe('feature/ünï-x');
    // An unborn branch over an index and a full folder: everything is new to it.
    await place.workspace.git(['symbolic-ref', 'HEAD', 'refs/heads/trunk'], path);
    [ours, tools] = await both('heads');
    expect(ours.changes).toEqual(tools.changes);
    expect(ours.branch).toBe('trunk');
    expect((await summary('heads')).branch).toEqual({ name: 'trunk' });
  });

  it('of older versions, and of a version newer than any known', async () => {
    const path = await makeClone('versions');
    await change(path);
    for (const version of ['5', '6', '7', '8', '9', '10']) {
      await place.workspace.git(['config', 'annex.version', version], path);
      const before = await asWeSee(place.reading, 'versions');
      expect(before).toMatchObject({ here: 3, notHere: 1, branch: 'main' });
    }
    const [ours, tools] = await both('versions');
    expect(ours).toEqual(tools);
    await place.workspace.git(['config', 'annex.version', '99'], path);
    expect(await asWeSee(place.reading, 'versions')).toEqual(ours);
    expect((await summary('versions')).obstacles).toEqual([{ kind: 'newer-annex', version: '99' }]);
  });

  it('sha256', async () => {
    const path = place.workspace.path('sha256');
    await place.workspace.git(['init', '-q', '--object-format=sha256', path], place.workspace.base);
    await place.workspace.annex(['init', '-q'], path);
    await writeFile(join(path, 'text'), 'one\n');
    await writeFile(join(path, 'a.bin'), 'content');
    await place.workspace.annex(['add', '-q', '--force-large', 'a.bin'], path);
    await place.workspace.git(['add', '.'], path);
    await place.workspace.git(['commit', '-q', '-m', 'Start'], path);
    await writeFile(join(path, 'text'), 'two\n');
    await writeFile(join(path, 'new'), 'x');
    const [ours, tools] = await both('sha256');
    expect(ours).toEqual(tools);
  });

  it('shallow', async () => {
    await change(await makeClone('shallow', '--depth=1', '--no-single-branch'));
    const [ours, tools] = await both('shallow');
    expect(ours).toEqual(tools);
    expect((await summary('shallow')).siblings).toMatchObject([{ name: 'origin', ahead: 0, behind: 0 }]);
    // Without the git-annex branch, as a shallow clone comes by default, it still is a dataset.
    await place.workspace.git(
      ['clone', '-q', '--depth=1', `file://${source}`, place.workspace.path('single')],
      place.workspace.base
    );
    expect((await summary('single')).dataset.annex).toBe('uninitialised');
    expect((await place.reading.rows('single'))['a.bin']).toMatchObject({ kind: 'annex', here: 'no', bytes: 100 });
  });

  it('partial: what is missing is not fetched by reading, and is no damage', async () => {
    await place.workspace.git(['config', 'uploadpack.allowFilter', 'true'], source);
    await place.workspace.git(['config', 'uploadpack.allowAnySHA1InWant', 'true'], source);
    const contacts = join(place.workspace.base, 'contacts');
    const logging = join(place.workspace.base, 'upload-pack');
    await writeFile(logging, `#!/bin/sh\necho x >> ${contacts}\nexec git-upload-pack "$@"\n`, { mode: 0o755 });
    const path = place.workspace.path('partial');
    const options = ['--no-checkout', '--filter=blob:none', `--upload-pack=${logging}`];
    await place.workspace.git(['clone', '-q', ...options, `file://${source}`, path], place.workspace.base);
    await place.workspace.git(['config', 'remote.origin.uploadpack', logging], path);
    await place.workspace.git(['config', 'protocol.file.allow', 'always'], path);
    // Only what is in `d` is fetched with the checkout.
    await place.workspace.git(['sparse-checkout', 'set', '--no-cone', '/d/'], path);
    await place.workspace.git(['checkout', '-q', 'main'], path);
    await rm(contacts, { force: true });
    expect(await place.reading.rows('partial/d')).toMatchObject({
      'b.bin': { kind: 'annex', here: 'no', bytes: 200 },
      other: { kind: 'git', bytes: 1 }
    });
    await writeFile(join(path, 'd/other'), 'y');
    // What lies outside `d` is not in the folder, and its entries were not fetched: nobody knows whether they are annexed.
    expect(Object.keys(await place.reading.rows('partial'))).toEqual(['d']);
    expect((await summary('partial')).changes).toMatchObject([{ name: 'd/other', change: 'modified' }]);
    const totals = await place.reading.datasets.totals({ dataset: contentsPath('partial'), complete: true });
    expect(totals).toMatchObject({ here: { files: 0 }, notHere: { files: 2, bytes: 500 }, unread: 4 });
    const input = { dataset: contentsPath('partial'), paths: [contentsPath('partial')] };
    expect(await place.reading.datasets.planGet(input, place.reading.signal)).toMatchObject({
      toGet: { files: 2 },
      sources: [{ name: 'origin', files: 2 }],
      unavailable: 0
    });
    await place.reading.datasets.planDrop(input, place.reading.signal);
    await expect(place.workspace.run('cat', [contacts])).rejects.toThrow('No such file');
  });
});
