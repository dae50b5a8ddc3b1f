import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentsPath } from '../../src/protocol/paths';
import { useReading } from '../support/place';

jest.setTimeout(120_000);

/** Lines of `.datalad/config`. */
const CONFIG = `[datalad "dataset"]
	id = 5e6b6a5c-0000-4000-8000-000000000000
`;
const container = (name: string, values: Record<string, string>): string =>
  [`[datalad "containers.${name}"]`, ...Object.entries(values).map(([key, value]) => `\t${key} = ${value}`), ''].join('\n');

describe('the containers of a dataset', () => {
  const place = useReading();
  const read = () => place.reading.datasets.containers.containers({ dataset: contentsPath('ds') }, place.reading.signal);
  const theirs = (...more: string[]) =>
    place.workspace.records('datalad', ['-f', 'json', 'containers-list', '-d', 'ds', ...more]);

  beforeAll(async () => {
    const { workspace } = place;
    await workspace.dataset({
      files: {
        '.datalad/config':
          CONFIG +
          container('own', { image: './.datalad/environments/own/image', cmdexec: 'run {img} {cmd}', 'extra-input': 'a.dat' }) +
          '\textra-input = {img_dirpath}/b.dat\n' +
          container('gone', { image: 'nowhere/image.sif' }) +
          container('none', { cmdexec: 'no image' }) +
          container('out', { image: '../elsewhere', updateurl: 'https://me:secret@example.org/image' })
      },
      annexed: { '.datalad/environments/own/image': 4_000, 'tree/layer.tar': 700, 'tree/manifest.json': 300 },
      dropped: ['tree/layer.tar'],
      subdatasets: {
        'code/tools': {
          files: {
            '.datalad/config': CONFIG + container('app', { image: 'images/app.sif', cmdexec: 'apptainer exec {img} {cmd}' })
          },
          annexed: { 'images/app.sif': 9_000 },
          dropped: true
        }
      }
    });
    // The name of a subdataset need not be its path; git keeps what it knows of it below the old one.
    const root = workspace.path('ds');
    await workspace.git(['config', '--file', '.gitmodules', '--rename-section', 'submodule.code/tools', 'submodule.box'], root);
    await workspace.git(['config', 'datalad.containers.own.cmdexec', 'here {img} "{cmd}"'], root);
    await workspace.git(['config', 'datalad.containers.tree.image', 'tree'], root);
  });

  it('are those that DataLad lists, also of subdatasets', async () => {
    const { containers, truncated } = await read();
    expect(truncated).toBe(false);
    const ours = containers.map(({ name, dataset, imagePath, callFormat }) => ({
      name,
      path: join(place.workspace.path(dataset), imagePath),
      callFormat: callFormat ?? null
    }));
    const listed = (await theirs('-r')).map(({ name, path, cmdexec }) => ({
      name,
      path: join(String(path)),
      callFormat: cmdexec ?? null
    }));
    const byName = (one: { name: unknown }, other: { name: unknown }) => String(one.name).localeCompare(String(other.name));
    expect(ours.sort(byName)).toEqual(listed.sort(byName));
    expect(ours.map(({ name }) => name)).toEqual(['box/app', 'gone', 'out', 'own', 'tree']);
  });

  it('tell what their images are, and whether they are here', async () => {
    await place.reading.rows('ds');
    const { containers } = await read();
    const of = (name: string) => containers.find(each => each.name === name);
    expect(of('own')).toMatchObject({
      image: { kind: 'annex', here: 'yes', bytes: 4_000, path: 'ds/.datalad/environments/own/image' },
      callFormat: 'here {img} "{cmd}"',
      extraInputs: ['a.dat', '{img_dirpath}/b.dat'],
      local: true
    });
    expect(of('box/app')).toMatchObject({ dataset: 'ds/code/tools', image: { here: 'no', bytes: 9_000 } });
    expect(of('box/app')).not.toHaveProperty('local');
    expect(of('tree')?.image).toMatchObject({ kind: 'directory', here: 'partly', bytes: 1_000, below: { bytesHere: 300 } });
    expect(of('gone')?.image).toBeNull();
    expect(of('out')).toMatchObject({ imagePath: '../elsewhere', image: null, updateUrl: 'https://***@example.org/image' });
  });

  it('are none in a dataset without any, and a broken file is told', async () => {
    const { workspace, reading } = place;
    await workspace.dataset({ path: 'plain' });
    const plain = { dataset: contentsPath('plain') };
    expect(await reading.datasets.containers.containers(plain, reading.signal)).toEqual({ containers: [], truncated: false });
    await mkdir(workspace.path('plain/.datalad'), { recursive: true });
    await writeFile(workspace.path('plain/.datalad/config'), '[datalad\n');
    await expect(reading.datasets.containers.containers(plain, reading.signal)).rejects.toThrow();
  });
});
