import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

const SOURCES = [
  '%load_ext jupyterlab_datalad',
  '%%datalad_run -m "From a cell" -i table.csv -o upper.csv --explicit\necho begun\nwhile [ ! -e ../go ]; do sleep 0.1; done\ntr a-z A-Z < {inputs} > {outputs}'
];

function notebook(): string {
  const cells = SOURCES.map((source, at) => ({
    cell_type: 'code',
    execution_count: null,
    id: `cell-${at}`,
    metadata: {},
    outputs: [],
    source
  }));
  const kernelspec = { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}

test('a cell is run as a recorded command, whose job the panel shows while it runs', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  test.setTimeout(120_000);
  const study = join(workspace, 'study');
  await writeFile(join(study, 'table.csv'), 'a,b\n1,2\n');
  await writeFile(join(study, 'code.ipynb'), notebook());
  await terminal.run('datalad', ['save', '-m', 'A notebook', 'table.csv', 'code.ipynb'], 'study');
  await datalad.openFolder('study');
  await datalad.openPanel('Commands');
  await datalad.row('code.ipynb').dblclick();
  await expect(page.getByText('Python 3 (ipykernel) | Idle')).toBeVisible({ timeout: 60_000 });
  await page.evaluate(async () => void window.jupyterapp.commands.execute('notebook:run-all-cells'));
  const output = page.locator('.jp-OutputArea-output');
  await expect(output.filter({ hasText: 'begun' })).toBeVisible({ timeout: 60_000 });
  await expect(datalad.progress).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('running.png') });

  await writeFile(join(workspace, 'go'), '');
  await expect(output.filter({ hasText: 'run: ' })).toBeVisible({ timeout: 60_000 });
  await page.screenshot({ path: test.info().outputPath('done.png') });
  expect(await readFile(join(study, 'upper.csv'), 'utf8')).toBe('A,B\n1,2\n');
  expect(await terminal.git('log', '-1', '--format=%s')).toBe('[DATALAD RUNCMD] From a cell');
  await expect(
    datalad
      .section('Commands')
      .getByText(/From a cell|tr a-z/u)
      .first()
  ).toBeVisible();
});
