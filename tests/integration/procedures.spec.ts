import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { readProcedures } from '../../src/server/operations/calls/procedures';
import { useJobs } from '../support/place';

jest.setTimeout(120_000);

describe('procedures for a new dataset', () => {
  const place = useJobs();

  it('are those that DataLad finds, each with where it comes from, and without what a dataset brings', async () => {
    const { workspace } = place;
    const own = join(workspace.home, '.config/datalad/procedures');
    const extra = join(workspace.home, 'extra');
    const home = '../home';
    await workspace.write({
      [`${home}/.config/datalad/procedures/cfg_yoda.py`]: '#!/usr/bin/env python3\n"""My own way.\n\nMore."""\n',
      [`${home}/.config/datalad/procedures/cfg_mine.sh`]: '#!/bin/sh\n# Of the lab\nexit 0\n',
      [`${home}/.config/datalad/procedures/cfg_not_executable`]: 'text',
      [`${home}/.config/datalad/procedures/other.sh`]: 'exit 0\n',
      [`${home}/.config/datalad/procedures/_cfg_hidden.sh`]: 'exit 0\n',
      [`${home}/extra/cfg_program`]: '#!/bin/sh\nexit 0\n',
      '.datalad/procedures/cfg_foreign.sh': 'exit 0\n'
    });
    await chmod(join(extra, 'cfg_program'), 0o755);
    await workspace.git(['config', '--global', 'datalad.locations.extra-procedures', extra]);
    const found = await readProcedures({ env: workspace.env, python: 'python' });
    expect(found).toEqual([
      { name: 'mine', from: 'user', origin: own, summary: 'Of the lab' },
      { name: 'noannex', from: 'datalad', origin: 'datalad', summary: expect.any(String) as unknown },
      { name: 'program', from: 'user', origin: extra },
      {
        name: 'text2git',
        from: 'datalad',
        origin: 'datalad',
        summary: 'Procedure to configure Git annex to add text files directly to Git'
      },
      { name: 'yoda', from: 'user', origin: own, summary: 'My own way.' }
    ]);
    const records = await workspace.records('datalad', ['-f', 'json', 'run-procedure', '--discover'], workspace.home);
    const discovered = records
      .filter(({ state, procedure_name: name }) => state === 'executable' && String(name).startsWith('cfg_'))
      .map(({ procedure_name: name }) => String(name).slice(4));
    expect(found.map(({ name }) => name)).toEqual([...new Set(discovered)].sort());
  });

  it('do the same in a create as on the command line', async () => {
    const { workspace } = place;
    const tree = async (folder: string): Promise<string> =>
      (await workspace.git(['ls-tree', '-r', 'HEAD'], workspace.path(folder)))
        .split('\n')
        // The dataset's id is another one each time.
        .filter(line => !line.endsWith('.datalad/config'))
        .join('\n');
    for (const procedure of ['text2git', 'mine', 'yoda', 'noannex']) {
      await place.jobs.run('create', { path: `ours-${procedure}`, procedures: [procedure] });
      await workspace.datalad(['create', '-c', procedure, `theirs-${procedure}`]);
      const ours = await tree(`ours-${procedure}`);
      expect(ours).toContain('.gitattributes');
      expect(ours).toBe(await tree(`theirs-${procedure}`));
    }
  });
});
