import AxeBuilder from '@axe-core/playwright';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ComparePage } from '../support/comparePage';
import { expect, test } from '../support/fixtures';

test('a recorded run is looked at, repeated, and told to be the same or not', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  const study = join(workspace, 'study');
  await terminal.git('stash', '--include-untracked');
  await terminal.run('datalad', ['run', '-m', 'Count the files', '-o', 'count.txt', 'ls code | wc -l > count.txt'], 'study');
  await terminal.run('datalad', ['run', '-m', 'Roll dice', '-o', 'dice.txt', 'head -c 8 /dev/urandom > dice.txt'], 'study');
  const dice = await readFile(join(study, 'dice.txt'));
  await datalad.openFolder('study');
  await datalad.openPanel('History');

  await test.step('from its commit, with those after it', async () => {
    const commit = await terminal.git('rev-parse', 'HEAD~1');
    const asked = datalad.execute('datalad:rerun', { dataset: `${tmpPath}/study`, commit });
    const { dialog } = datalad;
    await expect(dialog).toContainText('Repeat Runs in study?');
    await expect(dialog).not.toContainText('head -c 8');
    await dialog.getByRole('combobox', { name: 'Which runs' }).selectOption('This one and those after it');
    await expect(dialog.getByRole('list', { name: 'Runs' }).getByText('Count the files')).toBeVisible();
    await expect(dialog).toContainText('head -c 8 /dev/urandom > dice.txt');
    await expect(dialog).toContainText(`datalad rerun '--since=${commit.slice(0, 10)}^'`);
    await expect(dialog.getByRole('combobox', { name: 'Up to' })).toHaveValue('last');
    await page.screenshot({ path: test.info().outputPath('runs.png') });
    expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
    await dialog.getByRole('button', { name: 'Run Again' }).click();
    expect((await asked).status).toBe('ok');
  });

  await test.step('what became of each file', async () => {
    const { dialog } = datalad;
    await expect(dialog).toContainText('The Runs Were Repeated');
    // The first run also saved a file locked again that had been unlocked.
    await expect(dialog.getByRole('status')).toHaveText(
      '1 identical, 1 changed, 0 missing, 0 new. 1 not written again: there as before.'
    );
    await expect(dialog.getByRole('listitem').first()).toHaveText('dice.txt changed');
    expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
    await dialog.getByRole('button', { name: 'Compare dice.txt' }).click();
    await expect(await new ComparePage(page).shown('dice.txt')).toContainText('now');
    expect((await readFile(join(study, 'dice.txt'))).equals(dice)).toBe(false);
    expect(await terminal.git('status', '--porcelain')).toBe('');
  });

  await test.step('nothing runs while there are unsaved changes', async () => {
    await writeFile(join(study, 'fresh.txt'), 'Not saved.\n');
    await datalad.execute('datalad:refresh');
    const asked = datalad.execute('datalad:rerun', { dataset: `${tmpPath}/study` });
    const { dialog } = datalad;
    await expect(dialog).toContainText('Repeat Runs in study?');
    await expect(dialog).toContainText('without unsaved changes only');
    await expect(dialog.getByRole('button', { name: 'Run Again' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    expect((await asked).status).toBe('cancelled');
  });
});
