import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandOf } from '../../src/protocol/command';
import type { Health } from '../../src/protocol/health';
import { isOn, type Setup } from '../../src/protocol/setup';
import { ownExtensions, readSetup } from '../../src/server/operations/calls/setup';
import { useJobs } from '../support/place';
import { processesAt } from '../support/processes';
import { until } from '../support/until';

jest.setTimeout(120_000);

const health: Health = { version: '0', node: '24', tools: [], available: true };

describe('the set-up of DataLad', () => {
  const place = useJobs();
  const setup = (dataset: string | null = null): Promise<Setup> =>
    readSetup({ health, env: place.workspace.env, python: 'python', dataset });
  const configured = async (): Promise<string[]> => ownExtensions({ env: place.workspace.env });

  it('has the sections and texts of "datalad wtf"', async () => {
    const { results } = await place.jobs.run('wtf', {});
    const sections = new Map(results.map(({ type, message }) => [type, message]));
    const report = await place.workspace.datalad(['wtf']);
    const theirs = report.split('\n## ').slice(1);
    expect(theirs.length).toBeGreaterThan(8);
    expect(theirs.map(text => /^[\w.-]+/u.exec(text)?.[0])).toEqual([...sections.keys()]);
    // What differs from process to process is left out: the environment, the encodings of the streams.
    const alike = theirs.filter(text => /^(?:datalad|extensions|git-annex|dependencies|configuration|credentials)\b/u.test(text));
    expect(alike).toHaveLength(6);
    const lines = (text: string): string[] =>
      text
        .split('\n')
        .map(line => line.trimEnd())
        .filter(Boolean);
    for (const text of alike) {
      const [, name = ''] = /^([\w.-]+)/u.exec(text) ?? [];
      expect(lines(`${name} ${sections.get(name)?.replace(/^-/u, '\n-')}`)).toEqual(lines(text.replace(/^ {2}/gmu, '')));
    }
  });

  it('switches an extension on and off as the user would, once, and leaves the others', async () => {
    const { workspace, jobs } = place;
    const file = join(workspace.home, '.gitconfig');
    await workspace.git(['config', '--global', '--add', 'datalad.extensions.load', 'container']);
    const before = await readFile(file, 'utf8');
    expect((await setup()).extensions.map(extension => [extension.name, isOn(extension)])).toEqual([
      ['container', true],
      ['next', false],
      ['osf', false]
    ]);
    await jobs.run('setExtension', { name: 'next', on: true });
    await jobs.run('setExtension', { name: 'next', on: true });
    const all = (await workspace.git(['config', '--global', '--get-all', 'datalad.extensions.load'])).trim().split('\n');
    expect(all).toEqual(['container', 'next']);
    expect(await configured()).toEqual(all);
    // What an extension adds to the settings shows that it is loaded.
    const records = await workspace.records('datalad', ['-f', 'json', 'configuration', 'dump']);
    expect(records.map(({ name }) => name)).toContain('datalad.credentials.repeat-secret-entry');
    await workspace.git(['config', '--global', '--add', 'datalad.extensions.load', 'next']);
    expect((await setup()).extensions.find(({ name }) => name === 'next')).toMatchObject({ times: 2, elsewhere: false });
    await jobs.run('setExtension', { name: 'next', on: false });
    await jobs.run('setExtension', { name: 'next', on: false });
    expect(await configured()).toEqual(['container']);
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('is obeyed by the next job: the worker that waits is let go', async () => {
    const { workspace, jobs } = place;
    const workers = (): number[] => processesAt(workspace.home, /jupyterlab_datalad\/worker\b/).map(({ pid }) => pid);
    jobs.pool.prewarm();
    const [before = 0] = workers();
    await jobs.run('setExtension', { name: 'osf', on: true });
    await until('the end of the worker that knows nothing of it', () => !workers().includes(before));
    const { results } = await jobs.run('wtf', {});
    expect(results.length).toBeGreaterThan(8);
    await jobs.run('setExtension', { name: 'osf', on: false });
    expect(await configured()).toEqual(['container']);
  });

  it('the command that is shown does the same in a shell', async () => {
    const { workspace } = place;
    const shell = async (on: boolean): Promise<string[]> => {
      const [program = '', ...args] = commandOf('setExtension', { name: 'osf', on });
      await workspace.run(program, args);
      return configured();
    };
    expect(await shell(true)).toEqual(['container', 'osf']);
    expect(await shell(false)).toEqual(['container']);
  });

  it('tells what is configured but not installed, and of the machine, and who commits where', async () => {
    const { workspace } = place;
    await workspace.write({ '../system': '[datalad "extensions"]\n\tload = osf\n' });
    await workspace.git(['config', '--global', '--add', 'datalad.extensions.load', 'gone']);
    await workspace.git(['init', '-q', 'here']);
    await workspace.git(['config', 'user.email', 'here@example.org'], workspace.path('here'));
    const env = { ...workspace.env, GIT_CONFIG_SYSTEM: join(workspace.base, 'system') };
    delete (env as Record<string, string>)['GIT_CONFIG_NOSYSTEM'];
    const found = await readSetup({ health, env, python: 'python', dataset: workspace.path('here') });
    expect(found.extensions).toEqual([
      { name: 'container', package: 'datalad-container', version: expect.any(String), times: 1, elsewhere: false },
      { name: 'gone', package: null, version: null, times: 1, elsewhere: false },
      { name: 'next', package: 'datalad-next', version: expect.any(String), times: 0, elsewhere: false },
      { name: 'osf', package: 'datalad-osf', version: expect.any(String), times: 0, elsewhere: true }
    ]);
    expect(found.python).toMatch(/^3\.\d+/u);
    expect(found.identity).toEqual({
      user: { name: 'Test Person', email: 'test@example.org' },
      dataset: { name: 'Test Person', email: 'here@example.org' }
    });
    await place.jobs.run('setExtension', { name: 'gone', on: false });
    expect(await configured()).toEqual(['container']);
  });
});
