import AxeBuilder from '@axe-core/playwright';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { makeNotebook } from '../support/notebooks';

const SOURCES = [
  '%load_ext jupyterlab_datalad',
  '%%datalad_run -m "From a cell" -i table.csv -o upper.csv --explicit\necho begun\nwhile [ ! -e ../go ]; do sleep 0.1; done\ntr a-z A-Z < {inputs} > {outputs}'
];

/** Stands for an environment without the module: Python finds it nowhere, and says so in its own words. */
const WITHOUT_MODULE = `
import sys
class Without:
    def find_spec(name, path=None, target=None):
        if name == 'jupyterlab_datalad':
            raise ModuleNotFoundError(f'No module named {name!r}', name=name)
sys.meta_path.insert(0, Without)
%load_ext jupyterlab_datalad`;

test('a cell is run as a recorded command, whose job the panel shows while it runs', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  test.setTimeout(120_000);
  const study = join(workspace, 'study');
  await writeFile(join(study, 'table.csv'), 'a,b\n1,2\n');
  await writeFile(join(study, 'code.ipynb'), makeNotebook(...SOURCES));
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

test('below cells that cannot use DataLad stands what the kernel lacks, and a click gives it', async ({
  datalad,
  page,
  workspace
}) => {
  test.setTimeout(120_000);
  await writeFile(join(workspace, 'study', 'lacks.ipynb'), makeNotebook(WITHOUT_MODULE, 'sys.meta_path.pop(0)\n%datalad status'));
  await datalad.openFolder('study');
  await datalad.row('lacks.ipynb').dblclick();
  await expect(page.getByText('Python 3 (ipykernel) | Idle')).toBeVisible({ timeout: 60_000 });
  const hint = page.getByRole('group', { name: 'DataLad from code' });

  await test.step('the module', async () => {
    await page.evaluate(async () => void window.jupyterapp.commands.execute('notebook:run-cell-and-select-next'));
    await expect(hint).toContainText('%pip install --no-deps jupyterlab-datalad', { timeout: 60_000 });
    expect((await new AxeBuilder({ page }).include('.jp-Datalad-offer').analyze()).violations).toEqual([]);
  });

  await test.step('the magics', async () => {
    await page.evaluate(async () => void window.jupyterapp.commands.execute('notebook:run-cell-and-select-next'));
    await expect(hint.filter({ hasText: '%load_ext jupyterlab_datalad' })).toBeVisible({ timeout: 60_000 });
    await page.screenshot({ path: test.info().outputPath('hints.png') });
    await hint.last().getByRole('button', { name: 'Insert that cell, and run both' }).click();
    await expect(page.locator('.jp-OutputArea-output').filter({ hasText: 'lacks.ipynb' })).toBeVisible({ timeout: 60_000 });
    await expect(hint).toHaveCount(1);
    await expect(page.locator('.jp-CodeCell').nth(1)).toContainText('%load_ext jupyterlab_datalad');
  });
});
