import AxeBuilder from '@axe-core/playwright';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DataladPage } from '../support/dataladPage';
import { expect, test } from '../support/fixtures';

async function hash(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('.jp-Dialog').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Deletes as a user does, by key, and says yes to JupyterLab's own question. */
async function pressDelete(datalad: DataladPage, name: string): Promise<void> {
  await datalad.row(name).click();
  await datalad.page.keyboard.press('Delete');
  await expect(datalad.dialog).toContainText(/delete|trash/i);
  await datalad.dialog.getByRole('button', { name: /Delete|Trash/ }).click();
}

test('what the file browser deletes is checked first, and can be brought back', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  const study = join(workspace, 'study');
  const status = async () => (await terminal.git('status', '--porcelain')).split('\n');

  await test.step('who has a file open is told when its content goes', async () => {
    await datalad.openFolder('study/figures');
    await datalad.expectHere('yes', 'overview.png');
    await datalad.row('overview.png').dblclick();
    await expect(datalad.tab('overview.png')).toBeVisible();
    await datalad.choose('overview.png', /^Drop/);
    const told = page.locator('.Toastify__toast').filter({ hasText: 'The content of overview.png is not here any more.' });
    await expect(told).toBeVisible();
    await told.getByRole('button', { name: 'Get Again' }).click();
    await datalad.expectHere('yes', 'overview.png');
    await expect(told).toHaveCount(0);
    await datalad.goTo(workspace.split('/').at(-1) ?? '');
  });

  await test.step('a locked annexed file, here or not, goes like any other', async () => {
    await datalad.openFolder('study/figures');
    const before = await hash(join(study, 'figures/overview.png'));
    await datalad.expectHere('yes', 'overview.png');
    await pressDelete(datalad, 'overview.png');
    await expect(datalad.row('overview.png')).toHaveCount(0);
    await expect(datalad.dialog).toHaveCount(0);
    expect(await status()).toContain(' D figures/overview.png');
    await terminal.git('restore', 'figures/overview.png');
    expect(await hash(join(study, 'figures/overview.png'))).toBe(before);

    await datalad.goTo(`${workspace.split('/').at(-1) ?? ''}/study/data/sub-05`);
    await datalad.expectHere('no', 'anat.nii.gz', 'bold.nii.gz');
    await datalad.row('anat.nii.gz').click();
    await datalad.row('bold.nii.gz').click({ modifiers: ['Shift'] });
    await page.keyboard.press('Delete');
    await datalad.dialog.getByRole('button', { name: /Delete|Trash/ }).click();
    await expect(datalad.row('anat.nii.gz')).toHaveCount(0);
    await expect(datalad.row('bold.nii.gz')).toHaveCount(0);
    expect(await status()).toContain(' D data/sub-05/anat.nii.gz');
    expect(await status()).toContain(' D data/sub-05/bold.nii.gz');
    await terminal.git('restore', 'data/sub-05');
  });

  await test.step('a subdataset goes only after a question whose default loses nothing', async () => {
    await datalad.goTo(`${workspace.split('/').at(-1) ?? ''}/study`);
    await expect(datalad.row('stimuli')).toHaveAttribute('data-datalad-kind', 'dataset');
    const before = await hash(join(study, 'stimuli/faces/face-01.png'));
    await pressDelete(datalad, 'stimuli');
    await expect(datalad.dialog).toContainText('Remove stimuli?');
    await expect(datalad.dialog).toContainText('DataLad first checks');
    await expect(datalad.dialog).toContainText('Saved in study as a change');
    await expect(datalad.dialog.locator('code')).toHaveText('$ datalad remove stimuli');
    expect(await findings(page)).toEqual([]);
    await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(datalad.dialog).toHaveCount(0);
    expect(await hash(join(study, 'stimuli/faces/face-01.png'))).toBe(before);
    await expect(datalad.row('stimuli')).toHaveCount(1);

    await pressDelete(datalad, 'stimuli');
    await expect(datalad.dialog).toContainText('Remove stimuli?');
    await datalad.dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(datalad.row('stimuli')).toHaveCount(0);
    await expect(datalad.dialog).toHaveCount(0);
    expect(existsSync(join(study, 'stimuli'))).toBe(false);
    expect(await terminal.git('log', '-1', '--format=%s')).toContain('[DATALAD] removed content');
    expect(await readFile(join(study, '.gitmodules'), 'utf8')).not.toContain('path = stimuli');
  });

  await test.step('a folder with a dataset whose changes are nowhere else stays', async () => {
    await datalad.goTo(workspace.split('/').at(-1) ?? '');
    await expect(datalad.row('study')).toHaveAttribute('data-datalad-kind', 'dataset');
    await pressDelete(datalad, 'study');
    await expect(datalad.dialog).toContainText('Remove study?');
    await datalad.dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(datalad.dialog).toContainText('Not Removed: Something Would Be Lost');
    await expect(datalad.dialog.getByRole('listitem')).toHaveText(['study: commits of main']);
    expect(await findings(page)).toEqual([]);
    await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    // Nor does JupyterLab call that a failure.
    await expect(datalad.dialog).toHaveCount(0);
    expect(await readFile(join(study, 'ideas.md'), 'utf8')).toContain('Not saved yet');
    await expect(datalad.row('study')).toHaveCount(1);
  });

  await test.step('an ordinary folder is JupyterLab’s own matter', async () => {
    await pressDelete(datalad, 'notes');
    await expect(datalad.row('notes')).toHaveCount(0);
    expect(existsSync(join(workspace, 'notes'))).toBe(false);
  });
});

test('what the file browser renames, moves and copies keeps its content', async ({ datalad, page, terminal, workspace }) => {
  const study = join(workspace, 'study');
  const root = workspace.split('/').at(-1) ?? '';
  const status = async () => (await terminal.git('status', '--porcelain', '--renames')).split('\n');
  const open = async (folder: string) => {
    await datalad.goTo(`${root}/${folder}`);
    await expect(datalad.breadcrumbs).toContainText(folder.split('/').at(-1) ?? '');
  };

  await test.step('a rename by key', async () => {
    await open('study/figures');
    const before = await hash(join(study, 'figures/overview.png'));
    await datalad.expectHere('yes', 'overview.png');
    await datalad.row('overview.png').click();
    await page.keyboard.press('F2');
    await page.locator('.jp-DirListing-editor').fill('renamed.png');
    await page.keyboard.press('Enter');
    await datalad.expectHere('yes', 'renamed.png');
    expect(await status()).toContain('R  figures/overview.png -> figures/renamed.png');
    expect(await hash(join(study, 'figures/renamed.png'))).toBe(before);
  });

  await test.step('several files, cut and pasted into a folder of another depth', async () => {
    await open('study/data/sub-01');
    await datalad.expectHere('yes', 'anat.nii.gz', 'bold.nii.gz');
    const before = await hash(join(study, 'data/sub-01/bold.nii.gz'));
    await datalad.row('anat.nii.gz').click();
    await datalad.row('bold.nii.gz').click({ modifiers: ['Shift'] });
    await page.keyboard.press('Control+x');
    await open('study/figures');
    await datalad.row('renamed.png').click();
    await page.keyboard.press('Control+v');
    await datalad.expectHere('yes', 'anat.nii.gz', 'bold.nii.gz');
    expect(await hash(join(study, 'figures/bold.nii.gz'))).toBe(before);
    expect(await status()).toEqual(expect.arrayContaining(['D  data/sub-01/bold.nii.gz', 'A  figures/bold.nii.gz']));
    expect(await terminal.git('annex', 'find', 'figures/bold.nii.gz')).toBe('figures/bold.nii.gz');
  });

  await test.step('a file that is not here, dragged onto a folder', async () => {
    await open('study');
    await datalad.expectHere('no', 'movie with spaces – é.mp4');
    await datalad.row('movie with spaces – é.mp4').locator('.jp-DirListing-itemText').dragTo(datalad.row('figures'));
    await expect(datalad.row('movie with spaces – é.mp4')).toHaveCount(0);
    await open('study/figures');
    await datalad.expectHere('no', 'movie with spaces – é.mp4');
    await datalad.execute('datalad:get', { paths: [`${root}/study/figures/movie with spaces – é.mp4`] });
    await datalad.expectHere('yes', 'movie with spaces – é.mp4');
  });

  await test.step('copies: beside it, and into a subdataset', async () => {
    await datalad.row('renamed.png').click();
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await datalad.expectHere('yes', 'renamed.png');
    await expect(datalad.row('renamed-Copy1.png')).toHaveAttribute('data-datalad-kind', /annex|other/);
    expect(lstatSync(join(study, 'figures/renamed-Copy1.png')).isSymbolicLink()).toBe(true);
    expect(await hash(join(study, 'figures/renamed-Copy1.png'))).toBe(await hash(join(study, 'figures/renamed.png')));

    await datalad.row('renamed.png').click();
    await page.keyboard.press('Control+c');
    await open('study/stimuli');
    await datalad.row('faces').click();
    await page.keyboard.press('Control+v');
    await datalad.expectHere('yes', 'renamed.png');
    expect(await hash(join(study, 'stimuli/renamed.png'))).toBe(await hash(join(study, 'figures/renamed.png')));
  });

  await test.step('a move out of the dataset brings the content, not the link', async () => {
    await open('study/figures');
    const before = await hash(join(study, 'figures/anat.nii.gz'));
    await terminal.git('commit', '-q', '-m', 'Moved');
    await datalad.expectHere('yes', 'anat.nii.gz');
    await datalad.row('anat.nii.gz').click();
    await page.keyboard.press('Control+x');
    await open('notes');
    await datalad.row('todo.md').click();
    await page.keyboard.press('Control+v');
    await expect(datalad.row('anat.nii.gz')).toHaveCount(1);
    await expect.poll(() => existsSync(join(study, 'figures/anat.nii.gz'))).toBe(false);
    expect(lstatSync(join(workspace, 'notes/anat.nii.gz')).isFile()).toBe(true);
    expect(await hash(join(workspace, 'notes/anat.nii.gz'))).toBe(before);
    expect(await status()).toContain(' D figures/anat.nii.gz');
  });

  await test.step('a folder comes into another dataset with the content of its files', async () => {
    await open('study/data');
    const before = await hash(join(study, 'data/sub-02/bold.nii.gz'));
    await terminal.run('datalad', ['create', '-c', 'text2git', 'data/sub-02/raw'], 'study');
    const inner = await terminal.run('git', ['rev-parse', 'HEAD'], 'study/data/sub-02/raw');
    await datalad.row('sub-02').click();
    await page.keyboard.press('Control+x');
    await open('study/stimuli');
    await datalad.row('faces').click();
    await page.keyboard.press('Control+v');
    await expect(datalad.row('sub-02')).toHaveCount(1);
    await expect.poll(() => existsSync(join(study, 'data/sub-02'))).toBe(false);
    expect(await hash(join(study, 'stimuli/sub-02/bold.nii.gz'))).toBe(before);
    expect(await terminal.run('git', ['rev-parse', 'HEAD'], 'study/stimuli/sub-02/raw')).toBe(inner);
    expect(await terminal.run('git', ['status', '--porcelain'], 'study/stimuli')).toBe('?? sub-02/raw/');
    expect(await status()).toContain(' D data/sub-02/bold.nii.gz');
  });

  await test.step('but not one whose content is not here', async () => {
    await open('study/data');
    await datalad.row('sub-05').click();
    await page.keyboard.press('Control+x');
    await open('study/stimuli');
    await datalad.row('faces').click();
    await page.keyboard.press('Control+v');
    await expect(datalad.dialog).toContainText('Get it first');
    await page.screenshot({ path: test.info().outputPath('refused.png') });
    await datalad.dialog.getByRole('button').last().click();
    await expect(datalad.dialog).toHaveCount(0);
    expect(existsSync(join(study, 'stimuli/sub-05'))).toBe(false);
    expect(existsSync(join(study, 'data/sub-05'))).toBe(true);
  });

  await test.step('a dataset is not copied', async () => {
    await datalad.goTo(root);
    await datalad.row('study').click();
    await page.keyboard.press('Control+c');
    await open('notes');
    await datalad.row('todo.md').click();
    await page.keyboard.press('Control+v');
    await expect(datalad.dialog).toContainText('clone the dataset instead');
    await page.keyboard.press('Escape');
    expect(existsSync(join(workspace, 'notes/study'))).toBe(false);
  });
});
