import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fsPath, isUtf8 } from '../../src/server/bytes';
import { type AbsolutePath, PathBoundary } from '../../src/server/paths';
import { contentAt, LOST_NAMES, makeNastyDataset, PLACES, WORST_NAME } from '../support/nastyNames';
import { NodeServer } from '../support/nodeServer';
import { Reading } from '../support/reading';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(180_000);

const NAMES = ['plain', 'caf', '\ufffd', 'caf\ufffd', ...LOST_NAMES, WORST_NAME];

describe('a subdataset whose names nobody knew before it was installed', () => {
  let workspace: Workspace;
  let server: NodeServer;
  let reading: Reading;
  let outer: string;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    reading = new Reading(workspace);
    await makeNastyDataset(workspace, 'nasty', NAMES);
    outer = await workspace.dataset({ path: 'outer', files: { text: 'x' } });
    const source = join(workspace.sources, 'nasty');
    const commit = (await workspace.git(['rev-parse', 'HEAD'], source)).trim();
    await workspace.git(['config', '-f', '.gitmodules', 'submodule.sub.path', 'sub'], outer);
    await workspace.git(['config', '-f', '.gitmodules', 'submodule.sub.url', source], outer);
    await workspace.git(['update-index', '--add', '--cacheinfo', `160000,${commit},sub`], outer);
    await workspace.git(['add', '.gitmodules'], outer);
    await workspace.git(['commit', '-q', '-m', 'Subdataset'], outer);
    server = await NodeServer.start(workspace);
  });

  afterAll(async () => {
    reading.dispose();
    await server.stop();
    await workspace.dispose();
  });

  const contents = (name: string) => new PathBoundary(workspace.root).toContents(join(outer, 'sub', name) as AbsolutePath);

  it('has its content in the right files, and each result on the row that it is about', async () => {
    const id = await server.start('get', { dataset: 'outer', paths: ['outer/sub'] });
    const job = await server.end(id);
    const { results } = await server.report(id);
    const annexed = [PLACES.locked, PLACES.folder, PLACES.unlocked].flatMap(place => NAMES.map(place));
    const isReached = (name: string): boolean => isUtf8(name) || !name.startsWith('u/');
    const told = results.filter(({ type, action }) => type === 'file' && action === 'get');
    expect(told.map(({ path, status, failure }) => [path, status, failure?.kind ?? null]).sort()).toEqual(
      annexed.map(name => [contents(name), ...(isReached(name) ? ['ok', null] : ['error', 'unsafe-name'])]).sort()
    );
    expect(job.failure?.kind).toBe('unsafe-name');
    for (const name of annexed.filter(isReached)) {
      expect([name, await readFile(fsPath(join(outer, 'sub', name)))]).toEqual([name, contentAt(name)]);
      expect([name, (await reading.datasets.row({ path: contents(name) }, reading.signal))?.here]).toEqual([name, 'yes']);
    }
  });
});
