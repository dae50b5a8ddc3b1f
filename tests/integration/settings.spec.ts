import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandOf } from '../../src/protocol/command';
import type { JobInput } from '../../src/protocol/contract';
import { contentsPath } from '../../src/protocol/paths';
import type { DatasetSettings } from '../../src/protocol/settings';
import { readKnownSettings, readSettings } from '../../src/server/operations/calls/settings';
import { Redactor } from '../../src/server/redact';
import { useJobs } from '../support/place';

jest.setTimeout(120_000);

const dataset = 'ds';
type Change = Omit<JobInput<'configure'>, 'dataset'>;

describe('the settings of a dataset', () => {
  const place = useJobs();
  const root = () => place.jobs.boundary.resolve(contentsPath(dataset));
  const file = () => join(root(), '.datalad/config');
  const settings = (): Promise<DatasetSettings> => readSettings(root(), { env: place.workspace.env, redactor: new Redactor() });
  const valuesOf = async (key: string) =>
    (await settings()).settings
      .find(setting => setting.key === key)
      ?.values.map(({ scope, value, counts }) => [scope, value, counts]);
  const change = (input: Change) => place.jobs.run('configure', { dataset, ...input });
  const refused = (input: Change) => place.jobs.failure('configure', { dataset, ...input });

  beforeAll(async () => {
    await place.workspace.datalad(['create', '-c', 'noannex', dataset]);
  });

  it('are added, replaced and removed one value at a time, and mean the same to DataLad', async () => {
    const key = 'datalad.get.subdataset-source-candidate-lab';
    const before = await readFile(file(), 'utf8');
    await change({ scope: 'branch', key, value: 'https://a.example.org/{path}' });
    await change({ scope: 'branch', key, value: '-odd "value"; # \\n' });
    await change({ scope: 'branch', key, value: 'https://b.example.org/{path}' });
    await change({ scope: 'branch', key, value: 'https://c.example.org/{path}', old: 'https://a.example.org/{path}' });
    const values = ['https://c.example.org/{path}', '-odd "value"; # \\n', 'https://b.example.org/{path}'];
    expect(await valuesOf(key)).toEqual(values.map(value => ['branch', value, true]));
    await change({ scope: 'local', key: 'datalad.runtime.max-annex-jobs', value: '7' });
    await change({ scope: 'branch', key: 'datalad.runtime.max-annex-jobs', value: '3' });
    await place.workspace.git(['config', '--global', 'datalad.runtime.max-annex-jobs', '5']);
    expect(await valuesOf('datalad.runtime.max-annex-jobs')).toEqual([
      ['branch', '3', false],
      ['user', '5', true],
      ['local', '7', true]
    ]);
    const records = await place.workspace.records('datalad', ['-f', 'json', 'configuration', '-d', dataset, 'dump']);
    const theirs = new Map(records.map(({ name, value }) => [name, value]));
    expect(theirs.get(key)).toBe(values.at(-1));
    expect(String(theirs.get('datalad.runtime.max-annex-jobs'))).toBe('7');
    const got = ['-f', 'json', 'configuration', '-d', dataset, '--scope', 'branch', 'get', key];
    expect((await place.workspace.records('datalad', got)).map(({ value }) => value)).toEqual([values]);
    expect((await settings()).unsaved).toBe(true);
    await change({ scope: 'branch', key, old: values[1] });
    expect(await valuesOf(key)).toEqual([values[0], values[2]].map(value => ['branch', value, true]));
    await change({ scope: 'branch', key });
    await change({ scope: 'branch', key: 'datalad.runtime.max-annex-jobs' });
    const [id] = /id = .*/u.exec(before) ?? [];
    expect(await readFile(file(), 'utf8')).toContain(id);
    expect((await settings()).settings.map(each => each.key)).toEqual(['datalad.dataset.id', 'datalad.runtime.max-annex-jobs']);
    expect(await place.workspace.git(['log', '--format=%s'], root())).not.toMatch(/config/iu);
  });

  it('the command that is shown does the same in a shell', async () => {
    const inputs: Change[] = [
      { scope: 'branch', key: 'datalad.x.y', value: '-a' },
      { scope: 'branch', key: 'datalad.x.y', value: 'b', old: '-a' },
      { scope: 'branch', key: 'datalad.x.y', old: 'b' }
    ];
    for (const input of inputs) {
      await change(input);
      const ours = await readFile(file(), 'utf8');
      await place.workspace.git(['checkout', '-q', '.'], root());
      for (const each of inputs.slice(0, inputs.indexOf(input) + 1)) {
        const [program = '', ...args] = commandOf('configure', { dataset: contentsPath(dataset), ...each });
        await place.workspace.run(program, args, root());
      }
      expect(await readFile(file(), 'utf8')).toBe(ours);
    }
  });

  it('passwords are neither written nor shown', async () => {
    await place.workspace.git(
      ['config', '--file', '.datalad/config', 'datalad.clone.url', 'https://ada:geheimnis@example.org/x'],
      root()
    );
    const found = (await settings()).settings.find(({ key }) => key === 'datalad.clone.url');
    expect(found).toMatchObject({ risky: true, values: [{ hidden: true }] });
    expect(JSON.stringify(found)).not.toContain('geheimnis');
    expect(await refused({ scope: 'branch', key: 'datalad.a.token', value: 'abcdefgh' })).toMatchObject({ kind: 'bad-request' });
    expect(await refused({ scope: 'local', key: 'datalad.a.url', value: 'https://a:bcdefgh@x.org' })).toMatchObject({
      kind: 'bad-request'
    });
    expect(await refused({ scope: 'local', key: 'core.sshcommand', value: 'x' })).toMatchObject({ kind: 'bad-request' });
    expect(await refused({ scope: 'branch', key: 'datalad.not.there', old: 'x' })).toMatchObject({ kind: 'changed-since' });
    await change({ scope: 'branch', key: 'datalad.clone.url' });
  });

  it('a broken file is shown as such and left alone, and no link is written through', async () => {
    const sound = await readFile(file(), 'utf8');
    const broken = `${sound}[datalad "x"\n  y = 1\n`;
    await writeFile(file(), broken);
    const found = await settings();
    expect(found.broken).toBeDefined();
    expect(found.settings.map(({ key }) => key)).toEqual(['datalad.runtime.max-annex-jobs']);
    await refused({ scope: 'branch', key: 'datalad.x.y', value: '1' });
    expect(await readFile(file(), 'utf8')).toBe(broken);
    await place.workspace.write({ elsewhere: sound });
    await place.workspace.run('rm', [file()]);
    await symlink('../../elsewhere', file());
    expect(await refused({ scope: 'branch', key: 'datalad.x.y', value: '1' })).toMatchObject({ kind: 'bad-request' });
    expect(await readFile(place.workspace.path('elsewhere'), 'utf8')).toBe(sound);
  });

  it('are explained in the words of DataLad', async () => {
    const known = await readKnownSettings({ env: place.workspace.env, python: 'python' });
    expect(known.length).toBeGreaterThan(40);
    expect(known.find(({ key }) => key === 'datalad.runtime.max-annex-jobs')?.purpose).toMatch(/\w/u);
  });
});
