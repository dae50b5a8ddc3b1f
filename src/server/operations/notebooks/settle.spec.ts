import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeOf, settle } from './settle';

let dataset: string;
beforeEach(async () => {
  dataset = placeOf(await mkdtemp(join(tmpdir(), 'settle-'))) ?? '';
  await mkdir(join(dataset, '.git'));
  await writeFile(join(dataset, 'a.ipynb'), 'before');
  await writeFile(join(dataset, '.git/made'), 'after');
});
afterEach(() => rm(dataset, { recursive: true }));

it('has nothing beside the notebook on its way that a save after a kill would take', async () => {
  let [seen, inGit] = [[''], ['']];
  const place = join(dataset, 'a.ipynb');
  const original = {
    ...{ dataset, notebook: 'a.ipynb', gitDir: join(dataset, '.git'), place },
    get text() {
      seen = readdirSync(dataset).sort();
      inGit = readdirSync(join(dataset, '.git/jupyterlab-datalad'));
      return Buffer.from('before');
    }
  };
  expect(await settle(join(dataset, '.git/made'), original)).toBeNull();
  expect(seen).toEqual(['.git', 'a.ipynb']);
  expect(inGit).toHaveLength(1);
  expect(await readFile(place, 'utf8')).toBe('after');
  expect(readdirSync(join(dataset, '.git/jupyterlab-datalad'))).toEqual([]);
});
