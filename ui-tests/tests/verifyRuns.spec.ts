import AxeBuilder from '@axe-core/playwright';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

test('a recorded run is verified with inputs that are not here, and its report is kept', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  const study = join(workspace, 'study');
  await terminal.git('stash', '--include-untracked');
  await terminal.run('datalad', ['run', '-m', 'Roll dice', '-o', 'dice.txt', 'date +%N > dice.txt'], 'study');
  await terminal.run(
    'datalad',
    [
      'run',
      '-m',
      'Measure the data',
      '-i',
      'data/sub-01/anat.nii.gz',
      '-o',
      'size.txt',
      'wc -c < data/sub-01/anat.nii.gz > size.txt'
    ],
    'study'
  );
  await terminal.run('datalad', ['drop', 'data/sub-01/anat.nii.gz'], 'study');
  await writeFile(join(study, 'fresh.txt'), 'Not saved.\n');
  const head = await terminal.git('rev-parse', 'HEAD');
  await datalad.openFolder('study');
  await datalad.openPanel('History');
  const { dialog } = datalad;

  await test.step('from its commit, with what the clone takes', async () => {
    await page
      .getByRole('list', { name: 'Commits' })
      .getByRole('button', { name: /Measure the data/ })
      .click();
    await page.getByRole('button', { name: 'Verify…' }).click();
    await expect(dialog).toContainText('Verify Runs of study?');
    await expect(dialog).toContainText('wc -c < data/sub-01/anat.nii.gz > size.txt');
    await expect(dialog).toContainText('1 file that they need is not here');
    await expect(dialog).toContainText('What is not saved plays no part in it.');
    await expect(dialog).toContainText('datalad rerun --onto=');
    expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
    await page.keyboard.press('Escape');
  });

  await test.step('all of them: what became of each', async () => {
    const since = await terminal.git('rev-parse', 'HEAD~2');
    const asked = datalad.execute('datalad:rerun', { dataset: `${tmpPath}/study`, since, verify: true });
    await dialog.getByRole('button', { name: 'Verify', exact: true }).click();
    expect((await asked).status).toBe('ok');
    await expect(dialog).toContainText('What Became of the Runs of study');
    await expect(dialog.getByRole('region', { name: 'Measure the data' })).toContainText('size.txt identical');
    await dialog.getByText('dice.txt').click();
    await expect(dialog.getByText(/@@ -1 \+1 @@/)).toBeVisible();
    expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
  });

  await test.step('the report is kept, and nothing else has changed', async () => {
    const field = dialog.getByRole('textbox', { name: 'Keep a report in the new file' });
    await field.fill(`${tmpPath}/study/fresh.txt`);
    await dialog.getByRole('button', { name: 'Keep the Report' }).click();
    await expect(dialog).toContainText('There is something of this name already.');
    await field.fill(`${tmpPath}/study/report.md`);
    await dialog.getByRole('button', { name: 'Keep the Report' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(async () => expect(await readFile(join(study, 'report.md'), 'utf8')).toContain('`dice.txt` | changed')).toPass();
    expect(await terminal.git('rev-parse', 'HEAD')).toBe(head);
    expect(await terminal.git('status', '--porcelain')).toBe('?? fresh.txt\n?? report.md');
  });
});
