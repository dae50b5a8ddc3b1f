import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/fixtures';

test('a command is recorded, and its record is one that DataLad reads', async ({ datalad, page, terminal, tmpPath }) => {
  await datalad.openFolder('study');
  await datalad.openPanel();
  await terminal.run('datalad', ['save', '-m', 'All'], 'study');
  const asked = datalad.execute('datalad:run', {
    dataset: `${tmpPath}/study`,
    command: 'wc -l < {inputs} > {outputs}',
    message: 'Count lines',
    inputs: ['README.md'],
    outputs: ['lines.txt']
  });
  await expect(datalad.dialog.getByRole('group', { name: 'Command line' })).toContainText(
    "datalad run -m 'Count lines' -i README.md -o lines.txt 'wc -l < {inputs} > {outputs}'"
  );
  await expect(datalad.dialog.getByRole('list', { name: 'Files that are inputs' })).toHaveText('README.md is there');
  await expect(datalad.dialog.getByRole('list', { name: 'Files that are outputs' })).toHaveText('lines.txt is not there yet');
  expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
  await datalad.dialog.getByRole('button', { name: 'Run', exact: true }).click();
  expect((await asked).status).toBe('ok');
  const head = await terminal.git('rev-parse', 'HEAD');
  expect(await terminal.git('log', '-1', '--format=%s')).toBe('[DATALAD RUNCMD] Count lines');
  await expect(datalad.panel.getByRole('group', { name: `Commit ${head.slice(0, 7)}` })).toContainText('Count lines');
  const report = JSON.parse(await terminal.run('datalad', ['-f', 'json', 'rerun', '--report'], 'study')) as { run_info: unknown };
  expect(report.run_info).toMatchObject({
    cmd: 'wc -l < {inputs} > {outputs}',
    inputs: ['README.md'],
    outputs: ['lines.txt'],
    pwd: '.',
    exit: 0
  });
});

test('inputs and outputs are ticked in a tree of thousands of files, at 400 pixels, in the dark', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  await Promise.all([mkdir(join(workspace, 'study', 'many')), mkdir(join(workspace, 'study', 'results'))]);
  await Promise.all(
    Array.from({ length: 10_000 }, (_, number) => writeFile(join(workspace, 'study', 'many', `f${number}.txt`), 'x\n'))
  );
  await writeFile(join(workspace, 'study', 'results', 'old {1}.txt'), 'old\n');
  await datalad.openFolder('study');
  await datalad.openPanel();
  await terminal.run('git', ['add', '.'], 'study');
  await terminal.run('git', ['commit', '-qm', 'All'], 'study');
  await page.theme.setDarkTheme();
  await page.setViewportSize({ width: 400, height: 700 });
  const asked = datalad.execute('datalad:run', { dataset: `${tmpPath}/study`, command: 'cat {inputs} > results/new.txt' });
  const { dialog } = datalad;
  const lines = (name: RegExp) => dialog.getByRole('textbox', { name });
  await dialog.getByRole('button', { name: /^Choose files… Inputs/ }).click();
  const inputs = dialog.getByRole('tree', { name: 'Files to choose inputs from' });
  await inputs.getByRole('treeitem', { name: /^many/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(inputs.getByRole('treeitem', { name: /^f0\.txt/ })).toHaveAttribute('aria-setsize', '10000');
  expect(await inputs.getByRole('treeitem').count()).toBeLessThan(100);
  await dialog.getByRole('searchbox', { name: 'Part of the name of an input' }).fill('f9876');
  await inputs.getByRole('treeitem', { name: /^f9876/ }).click();
  await expect(lines(/^Inputs/)).toHaveValue('many/f9876.txt');
  await dialog.getByRole('searchbox').fill('');
  await expect(inputs.getByRole('treeitem', { name: /^many/ })).toHaveAttribute('aria-checked', 'mixed');
  expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(inputs).toHaveCount(0);
  await dialog.getByRole('button', { name: /^Choose files… Outputs/ }).click();
  const outputs = dialog.getByRole('tree', { name: 'Files to choose outputs from' });
  const results = outputs.getByRole('treeitem', { name: /^results/ });
  await results.focus();
  await page.keyboard.press('ArrowRight');
  await expect(outputs.getByRole('treeitem', { name: /^old/ })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(outputs.getByRole('treeitem', { name: /^old/ })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(lines(/^Outputs/)).toHaveValue('results/old {{1}}.txt');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Space');
  await expect(lines(/^Outputs/)).toHaveValue('results/*');
  await expect(outputs.getByRole('treeitem', { name: /^old/ })).toHaveAttribute('aria-checked', 'true');
  expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
  await expect(dialog.getByRole('list', { name: 'Files that are inputs' })).toHaveText('many/f9876.txt is there');
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  expect((await asked).status).toBe('ok');
  const report = JSON.parse(await terminal.run('datalad', ['-f', 'json', 'rerun', '--report'], 'study')) as { run_info: unknown };
  expect(report.run_info).toMatchObject({ inputs: ['many/f9876.txt'], outputs: ['results/*'] });
});
