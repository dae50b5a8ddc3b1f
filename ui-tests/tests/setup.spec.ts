import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

/** What axe finds in a part of the page, as short lines: empty when all is well. */
async function findings(page: Page, part: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** A picture for whoever looks at them. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder !== undefined) {
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }
}

test('the set-up is found in the help menu, and an extension is switched there', async ({ datalad, page, terminal }) => {
  await datalad.openFolder('study');
  await page.menu.clickMenuItem('Help>Set-up and Diagnostics');
  const view = page.getByRole('region', { name: 'Set-up of DataLad' });
  await expect(view.getByRole('region', { name: 'Versions' })).toContainText('git-annex');
  await expect(view.getByRole('region', { name: 'Who makes the changes' })).toContainText('@');

  await test.step('an extension', async () => {
    const tick = view.getByRole('checkbox', { name: /^container/ });
    const loaded = () => terminal.run('git', ['config', '--global', '--get-all', 'datalad.extensions.load']).catch(() => '');
    await expect(tick).not.toBeChecked();
    await tick.check();
    await expect(tick).toBeChecked();
    await expect.poll(loaded).toBe('container');
    await tick.uncheck();
    await expect(tick).not.toBeChecked();
    await expect.poll(loaded).toBe('');
  });

  await test.step('what DataLad says of itself', async () => {
    await view.getByRole('button', { name: 'Ask DataLad' }).click();
    await view.getByText('dependencies', { exact: true }).click();
    await expect(view.getByText(/- cmd:annex: /)).toBeVisible();
    await expect(view.getByRole('button', { name: 'Ask again' })).toBeVisible();
  });

  for (const theme of ['light', 'dark'] as const) {
    await test.step(`axe finds nothing, ${theme}`, async () => {
      if (theme === 'dark') {
        await page.theme.setDarkTheme();
      }
      expect(await findings(page, '.jp-Datalad-page')).toEqual([]);
    });
  }
});

test('a procedure that came with a dataset is shown before it runs', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const script = '# Sets a mark.\ncd "$1"\necho 1 > marked\ngit add marked && git commit -qm "Marked" -- marked # \u202e\n';
  await mkdir(join(workspace, 'study/.datalad/procedures'), { recursive: true });
  await writeFile(join(workspace, 'study/.datalad/procedures/mark.sh'), script);
  await datalad.openFolder('study');
  await datalad.openPanel();
  const asked = datalad.execute('datalad:run-procedure', { dataset: `${tmpPath}/study` });
  await datalad.dialog.getByRole('radio', { name: /^mark Sets a mark\. \(came with this dataset, in .*study/ }).check();
  await shot(page, 'procedures');
  expect(await findings(page, '.jp-Dialog')).toEqual([]);
  await datalad.dialog.getByRole('button', { name: 'Show It…' }).click();
  await expect(datalad.dialog.getByRole('group', { name: 'What would run' })).toContainText('git add marked');
  await expect(datalad.dialog.getByRole('group', { name: 'What would run' })).toContainText('\\u202e');
  await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await shot(page, 'script');
  expect(await findings(page, '.jp-Dialog')).toEqual([]);
  await datalad.dialog.getByRole('button', { name: 'Run', exact: true }).click();
  expect((await asked).status).toBe('ok');
  const head = await terminal.git('rev-parse', 'HEAD');
  expect(await terminal.git('log', '-1', '--format=%s')).toBe('Marked');
  await expect(datalad.panel.getByRole('group', { name: `Commit ${head.slice(0, 7)}` })).toContainText('Marked');
});

test('a folder becomes a dataset by its menu', async ({ datalad, page, terminal }) => {
  await datalad.row('notes').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Make This Folder a Dataset…' }).click();
  await expect(datalad.dialog.getByRole('checkbox', { name: /^Make the folder .*notes a dataset/ })).toBeChecked();
  await expect(datalad.dialog.getByRole('group', { name: 'Command' })).toContainText('datalad create --force');
  await datalad.accept();
  await expect(datalad.breadcrumbs).toContainText('notes');
  await expect(datalad.row('todo.md')).toHaveAttribute('data-datalad-change', 'new');
  expect(await terminal.run('git', ['status', '--porcelain'], 'notes')).toBe('?? todo.md');
});

test('a setting that travels with a dataset is added and saved', async ({ datalad, page, terminal, tmpPath }) => {
  await datalad.openFolder('study');
  await datalad.execute('datalad:configure', { dataset: `${tmpPath}/study` });
  const view = page.getByRole('region', { name: 'Settings of study' });
  await view.getByRole('button', { name: 'Add a setting…' }).click();
  await view.getByRole('combobox', { name: 'Setting' }).fill('datalad.get.subdataset-source-candidate-lab');
  await view.getByRole('textbox', { name: 'Value' }).fill('https://lab.example.org/{path}');
  await shot(page, 'setting');
  await view.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(view.getByText('https://lab.example.org/{path}')).toBeVisible();
  for (const theme of ['light', 'dark'] as const) {
    await test.step(`axe finds nothing, ${theme}`, async () => {
      if (theme === 'dark') {
        await page.theme.setDarkTheme();
      }
      await shot(page, `settings-${theme}`);
      expect(await findings(page, '.jp-Datalad-page')).toEqual([]);
    });
  }
  await view.getByRole('button', { name: 'Save the change…' }).click();
  await datalad.dialog.getByRole('textbox', { name: 'Message' }).fill('A place for subdatasets');
  await datalad.accept();
  await expect(view.getByRole('button', { name: 'Save the change…' })).toHaveCount(0);
  const key = 'datalad.get.subdataset-source-candidate-lab';
  expect(await terminal.git('config', '--blob', 'HEAD:.datalad/config', '--get-all', key)).toBe('https://lab.example.org/{path}');
});

test('the line of a form and that of the panel bring help on their command', async ({ datalad, page, workspace }) => {
  await writeFile(join(workspace, 'study/new.txt'), 'new\n');
  await datalad.openFolder('study');
  await datalad.openPanel('Changes');
  const called = datalad.dialog.getByRole('group', { name: 'How it is called' });

  await test.step('below the line of a form, which stays open', async () => {
    const asked = datalad.execute('datalad:clone');
    await datalad.dialog.getByRole('button', { name: 'Help on this line' }).click();
    await expect(called).toContainText('datalad clone [-h]');
    const search = datalad.dialog.getByRole('searchbox', { name: 'Search its options' });
    await search.fill('reckless');
    await expect(datalad.dialog.getByRole('term')).toHaveText([/^--reckless/]);
    await search.press('Enter');
    await shot(page, 'help-form');
    expect(await findings(page, '.jp-Dialog')).toEqual([]);
    await page.keyboard.press('Escape');
    expect((await asked).status).toBe('cancelled');
  });

  await test.step('in a dialog from the panel, on any command', async () => {
    await datalad.section('Changes').getByRole('button', { name: 'Help on this line' }).click();
    await expect(called).toContainText('datalad save [-h]');
    await shot(page, 'help-panel');
    await datalad.dialog.getByRole('combobox', { name: 'Command' }).selectOption('git switch');
    await expect(called).toContainText('git switch [<options>]');
    await page.theme.setDarkTheme();
    expect(await findings(page, '.jp-Dialog')).toEqual([]);
    await shot(page, 'help-dark');
    await datalad.dialog.getByRole('combobox', { name: 'Command' }).selectOption('datalad get');
    await datalad.dialog.getByText('The whole text').click();
    await page.setViewportSize({ width: 320, height: 700 });
    const body = datalad.dialog.locator('.jp-Datalad-form');
    expect(await body.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
    await shot(page, 'help-narrow');
    await page.keyboard.press('Escape');
    await expect(datalad.dialog).toHaveCount(0);
  });
});
