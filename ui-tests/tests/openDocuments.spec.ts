import type { Locator, Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

const told = (page: Page, text: string): Locator => page.locator('.Toastify__toast').filter({ hasText: text });
const editorOf = (page: Page): Locator => page.getByRole('main').locator('.jp-FileEditor:visible .cm-content');

test('who has a document open is told when its file goes', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const script = [
    'git init -q -b main work && cd work && git annex init -q',
    'printf "one\\n" > text.txt && git -c annex.largefiles=nothing add text.txt && git commit -q -m Start',
    'git switch -q -c side && printf "mask\\n" > mask.txt && git -c annex.largefiles=nothing add mask.txt && git commit -q -m Mask'
  ];
  await terminal.run('sh', ['-c', script.join(' && ')]);
  const dataset = `${tmpPath}/work`;
  const switchTo = async (branch: string): Promise<void> => {
    expect((await datalad.execute('datalad:switch-branch', { dataset, branch })).status).toBe('ok');
  };
  await datalad.openFolder('work');

  await test.step('with a branch, and not any more once it is back', async () => {
    await datalad.row('mask.txt').dblclick();
    await expect(editorOf(page)).toContainText('mask');
    await switchTo('main');
    await expect(told(page, 'mask.txt is not in its folder any more. Its tab shows what was there.')).toBeVisible();
    await expect(editorOf(page)).toContainText('mask');
    await page.screenshot({ path: test.info().outputPath('gone.png') });
    await switchTo('side');
    await expect(told(page, 'mask.txt')).toHaveCount(0);
  });

  await test.step('by a discard', async () => {
    await writeFile(join(workspace, 'work', 'new.txt'), 'never saved\n');
    await expect(datalad.row('new.txt')).toBeVisible();
    await datalad.row('new.txt').dblclick();
    await expect(editorOf(page)).toContainText('never saved');
    const discarded = datalad.execute('datalad:discard', { paths: [`${dataset}/new.txt`] });
    await expect(datalad.dialog).toContainText('Discard');
    await datalad.accept();
    expect((await discarded).status).toBe('ok');
    await told(page, 'new.txt is not in its folder any more.').getByRole('button', { name: 'Close Tab' }).click();
    await expect(datalad.tab('new.txt')).toHaveCount(0);
  });

  await test.step('by a removal', async () => {
    const removed = datalad.execute('datalad:remove', { paths: [`${dataset}/mask.txt`] });
    await expect(datalad.dialog).toContainText('Remove mask.txt?');
    await datalad.dialog.getByRole('button', { name: 'Remove' }).click();
    expect((await removed).status).toBe('ok');
    await expect(told(page, 'mask.txt is not in its folder any more.')).toBeVisible();
  });
});
