import AxeBuilder from '@axe-core/playwright';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { makeNotebook } from '../support/notebooks';

const MOVIE = 'movie with spaces – é.mp4';
/** The first cell tells how often it has run. */
const SOURCES = [
  "runs = globals().get('runs', 0) + 1\nprint('run', runs)",
  `len(open('${MOVIE}', 'rb').read())`,
  "open('data/sub-03/anat.nii.gz').read().split()[1]",
  "open('no-such-file.csv')"
];

test('a cell that fails since a file is not here gets it and runs again', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  test.setTimeout(120_000);
  await writeFile(join(workspace, 'study', 'watch.ipynb'), makeNotebook(...SOURCES));
  await datalad.openFolder('study');
  await datalad.row('watch.ipynb').dblclick();
  const cells = page.locator('.jp-NotebookPanel:visible .jp-CodeCell');
  const offer = (at: number) => cells.nth(at).getByRole('group', { name: 'Files that are not here' });
  await expect(cells).toHaveCount(SOURCES.length);
  await expect(page.getByText('Python 3 (ipykernel) | Idle')).toBeVisible({ timeout: 30_000 });
  for (const at of SOURCES.keys()) {
    await cells.nth(at).locator('.cm-content').click();
    await page.keyboard.press('Control+Enter');
  }

  await test.step('the offer stands below its output, with the size', async () => {
    await expect(offer(1).getByRole('status')).toHaveText(`The content of ${MOVIE} is not here.`);
    await expect(cells.nth(1)).toContainText('FileNotFoundError');
    expect((await new AxeBuilder({ page }).include('.jp-Datalad-offer').analyze()).violations).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('offer.png') });
  });

  await test.step('also where a pointer was read in its place, and nowhere else', async () => {
    await expect(offer(2).getByRole('status')).toHaveText('The content of data/sub-03/anat.nii.gz is not here.');
    await expect(cells.nth(3)).toContainText('FileNotFoundError');
    await expect(page.getByRole('group', { name: 'Files that are not here' })).toHaveCount(2);
  });

  await test.step('by the keyboard the file is got, and that cell alone runs again', async () => {
    await offer(1).getByRole('button', { name: 'Get 4.8 MB and run again' }).focus();
    await page.keyboard.press('Enter');
    await expect(cells.nth(1).locator('.jp-OutputArea-output')).toHaveText('5000000', { timeout: 30_000 });
    await expect(offer(1)).toHaveCount(0);
    await expect(cells.nth(0)).toContainText('run 1');
    await expect(datalad.dialog).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath('again.png') });
  });

  await test.step('what has come in another way is only to be run again', async () => {
    const outcome = await datalad.execute('datalad:get', {
      paths: [`${tmpPath}/study/data/sub-03/anat.nii.gz`]
    });
    expect(outcome.status).toBe('ok');
    await expect(offer(2).getByRole('status')).toHaveText('data/sub-03/anat.nii.gz is here now.');
    await offer(2).getByRole('button', { name: 'Run again' }).click();
    await expect(cells.nth(2)).toContainText('UnicodeDecodeError');
    await expect(offer(2)).toHaveCount(0);
  });

  await test.step('nothing of it is in the notebook', async () => {
    await page.keyboard.press('Control+s');
    await expect.poll(() => readFile(join(workspace, 'study', 'watch.ipynb'), 'utf8')).toContain('5000000');
    expect(await readFile(join(workspace, 'study', 'watch.ipynb'), 'utf8')).not.toContain('is not here');
    expect(await terminal.annex('find', '--in=here', MOVIE)).toBe(MOVIE);
  });
});
