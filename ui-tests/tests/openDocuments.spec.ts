import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { lstatSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { makeNotebook } from '../support/notebooks';
import { contentHash } from '../support/terminal';

const told = (page: Page, text: string): Locator => page.locator('.Toastify__toast').filter({ hasText: text });
const editorOf = (page: Page): Locator => page.getByRole('main').locator('.jp-FileEditor:visible .cm-content');

test('who has a document open is told when its file goes', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const script = [
    'git init -q -b main drafts && cd drafts && git annex init -q',
    'printf "one\\n" > text.txt && git -c annex.largefiles=nothing add text.txt && git commit -q -m Start',
    'git switch -q -c side && printf "mask\\n" > mask.txt && git -c annex.largefiles=nothing add mask.txt && git commit -q -m Mask'
  ];
  await terminal.run('sh', ['-c', script.join(' && ')]);
  const dataset = `${tmpPath}/drafts`;
  const switchTo = async (branch: string): Promise<void> => {
    expect((await datalad.execute('datalad:switch-branch', { dataset, branch })).status).toBe('ok');
  };
  await datalad.openFolder('drafts');

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
    await writeFile(join(workspace, 'drafts', 'new.txt'), 'never saved\n');
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

test('who has a document open is told when its content is dropped, and gets it again', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  const script = [
    'git init -q -b main kept && cd kept && git annex init -q',
    'printf "score 1\\n" > scores.txt',
    `printf '%s' '${makeNotebook('answer = 6 * 7')}' > analysis.ipynb`,
    'git annex add -q --force-large scores.txt analysis.ipynb && git commit -q -m Start',
    'cd .. && git clone -q kept drafts && cd drafts && git annex init -q && git annex get -q .'
  ];
  await terminal.run('sh', ['-c', script.join(' && ')]);
  const hashes = (folder: string): Promise<string[]> =>
    Promise.all(['scores.txt', 'analysis.ipynb'].map(name => contentHash(join(workspace, folder, name))));
  const before = await hashes('drafts');
  await datalad.openFolder('drafts');
  const documents = {
    'scores.txt': [editorOf(page), 'score 1'],
    'analysis.ipynb': [page.getByRole('main').locator('.jp-Notebook:visible'), 'answer = 6 * 7']
  } as const;
  for (const [name, [shown, text]] of Object.entries(documents)) {
    await test.step(name, async () => {
      await datalad.expectHere('yes', name);
      await datalad.row(name).dblclick();
      await expect(shown).toContainText(text);
      await datalad.choose(name, /^Drop, frees/);
      const news = told(page, `The content of ${name} is not here any more. Its tab shows what was there.`);
      await expect(news).toBeVisible();
      await datalad.expectHere('no', name);
      await expect(shown).toContainText(text);
      await page.screenshot({ path: test.info().outputPath(`dropped-${name}.png`) });
      await news.getByRole('button', { name: 'Get Again' }).click();
      await expect(news).toHaveCount(0);
      await datalad.expectHere('yes', name);
      await expect(shown).toContainText(text);
    });
  }
  expect(await hashes('drafts')).toEqual(before);
  expect(await hashes('kept')).toEqual(before);
  expect(await terminal.run('git', ['status', '--porcelain', '--untracked-files=no'], 'drafts')).toBe('');
});

test('a locked file is unlocked where it is edited, and locked by the save', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  const file = join(workspace, 'drafts', 'scores.txt');
  const script = [
    'git init -q -b main drafts && cd drafts && git annex init -q',
    'printf "score 1\\n" > scores.txt && git annex add -q --force-large scores.txt && git commit -q -m Start'
  ];
  await terminal.run('sh', ['-c', script.join(' && ')]);
  const stored = await contentHash(file);
  const editor = editorOf(page);
  const type = async (text: string): Promise<void> => {
    await editor.click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type(text);
  };
  await datalad.openFolder('drafts');
  await datalad.expectHere('yes', 'scores.txt');
  await datalad.row('scores.txt').dblclick();
  await expect(editor).toContainText('score 1');

  await test.step('typing offers it, and a save asks', async () => {
    await type('typed');
    await expect(told(page, 'scores.txt is locked. Unlock it to keep what you type.')).toBeVisible();
    await page.keyboard.press('ControlOrMeta+s');
    await expect(datalad.dialog).toContainText('scores.txt Is Locked');
    expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('locked.png') });
    await datalad.dialog.getByRole('button', { name: 'Not Now' }).click();
    await expect(told(page, 'scores.txt is locked: your changes are not saved.')).toBeVisible();
    expect(await contentHash(file)).toBe(stored);
  });

  await test.step('unlocked by the offer, what was typed is written', async () => {
    const offer = told(page, 'scores.txt is locked: your changes are not saved.');
    await offer.getByRole('button', { name: 'Unlock', exact: true }).click();
    await expect(told(page, 'scores.txt is locked')).toHaveCount(0);
    await expect.poll(() => lstatSync(file).isFile()).toBe(true);
    await editor.click();
    await page.keyboard.press('ControlOrMeta+s');
    await expect.poll(() => readFile(file, 'utf8')).toContain('typed');
    await expect(datalad.tab('scores.txt')).not.toHaveClass(/jp-mod-dirty/);
  });

  await test.step('the save locks it again, and keeps both versions', async () => {
    const saved = await datalad.execute('datalad:save', { paths: [`${tmpPath}/drafts/scores.txt`], message: 'Scores' });
    expect(saved.status).toBe('ok');
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(await readFile(file, 'utf8')).toContain('typed');
    // Beside it is a checkpoint of JupyterLab's.
    expect(await terminal.run('git', ['status', '--porcelain', '--untracked-files=no'], 'drafts')).toBe('');
    const [old] = (await terminal.run('git', ['show', 'HEAD~1:scores.txt'], 'drafts')).split('/').slice(-1);
    const place = await terminal.run('git', ['annex', 'contentlocation', old ?? ''], 'drafts');
    expect(await contentHash(join(workspace, 'drafts', place))).toBe(stored);
    await type('more');
    await expect(told(page, 'scores.txt is locked. Unlock it to keep what you type.')).toBeVisible();
  });
});
