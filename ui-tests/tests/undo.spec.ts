import AxeBuilder from '@axe-core/playwright';
import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';

/** What axe finds in a part of the page: empty when all is well. */
async function findings(page: Page, part: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Each file of a dataset but git's own, with a hash of its content; content that is not here counts as such. */
async function everything(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isDirectory() && !path.includes('/.git/') && !path.includes('.ipynb_checkpoints')) {
      const content = await readFile(path).catch(() => 'not here');
      found[path.slice(folder.length + 1)] = createHash('sha256').update(content).digest('hex');
    }
  }
  return found;
}

test('changes are discarded from the panel and brought back', async ({ datalad, page, terminal, workspace }) => {
  const study = join(workspace, 'study');
  const before = await everything(study);
  // But for the copies that JupyterLab makes of files that are opened.
  const look = async () => (await terminal.git('status', '--porcelain', '-uall')).replace(/^.*ipynb_checkpoints.*\n?/gmu, '');
  const status = await look();
  await datalad.openFolder('study');
  await datalad.openPanel('Changes');
  const changes = datalad.section('Changes');
  const menuOf = (name: string) => changes.getByRole('button', { name: `Actions for ${name}`, exact: true });

  await test.step('the menu of a row is reached by the keyboard, and the default button loses nothing', async () => {
    await changes.getByRole('checkbox', { name: 'notes.txt', exact: true }).focus();
    await page.keyboard.press('Tab');
    await expect(menuOf('notes.txt')).toBeFocused();
    expect(await findings(page, '#datalad-panel')).toEqual([]);
    await page.keyboard.press('Enter');
    await expect(datalad.menuEntry('Discard…')).toBeVisible();
    await expect(datalad.menuEntry('Open')).toBeVisible();
    await page.keyboard.press('Escape');
    await menuOf('notes.txt').click();
    await datalad.menuEntry('Discard…').click();
    await expect(datalad.dialog).toContainText('Discard Changes of notes.txt?');
    await expect(datalad.dialog).toContainText('This can be undone');
    await expect(datalad.dialog.locator('code')).toHaveText('$ git restore --staged --worktree --source=HEAD -- notes.txt');
    expect(await findings(page, '.jp-Dialog')).toEqual([]);
    await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(datalad.dialog).toHaveCount(0);
    expect(await everything(study)).toEqual(before);
  });

  await test.step('one file, while it is open', async () => {
    await datalad.row('notes.txt').dblclick();
    const editor = page.getByRole('main').getByRole('textbox');
    await expect(editor).toBeVisible();
    const saved = await terminal.git('show', 'HEAD:notes.txt');
    await menuOf('notes.txt').click();
    await datalad.menuEntry('Discard…').click();
    await datalad.accept();
    await expect(changes).toContainText('Discarded the change of 1 file.');
    await expect(changes.getByRole('checkbox', { name: 'notes.txt', exact: true })).toHaveCount(0);
    expect((await readFile(join(study, 'notes.txt'), 'utf8')).trim()).toBe(saved);
    // The open document shows what is in the file now.
    await expect.poll(async () => (await editor.innerText()).trim()).toBe(saved);
  });

  await test.step('and back', async () => {
    await changes.getByRole('button', { name: 'Undo the discard' }).click();
    await expect(datalad.dialog).toContainText('Bring Back What Was Discarded?');
    expect(await findings(page, '.jp-Dialog')).toEqual([]);
    await datalad.accept();
    await expect(changes.getByRole('checkbox', { name: 'notes.txt', exact: true })).toHaveCount(1);
    expect(await everything(study)).toEqual(before);
    expect(await look()).toBe(status);
  });

  await test.step('everything, from the context menu; it is listed, and outlives a reload', async () => {
    await datalad.choose('figures', 'Discard Changes…');
    await expect(datalad.dialog).toContainText('figures/draft.png');
    await datalad.accept();
    await expect(changes.getByRole('button', { name: /^Discarded/ })).toBeVisible();
    await page.reload();
    await datalad.openPanel('Changes');
    await changes.getByRole('button', { name: /^Discarded/ }).click();
    expect(await findings(page, '#datalad-panel')).toEqual([]);
    await changes.getByRole('button', { name: /^Bring back figures/ }).click();
    await datalad.accept();
    await expect(changes.getByRole('button', { name: /^Discarded/ })).toHaveCount(0);
    expect(await everything(study)).toEqual(before);
    expect(await look()).toBe(status);
  });

  await test.step('removed for good only when asked', async () => {
    await menuOf('ideas.md').click();
    await datalad.menuEntry('Discard…').click();
    await datalad.accept();
    // It was unfolded before, and is again.
    await expect(changes.getByRole('button', { name: /^Discarded/ })).toHaveAttribute('aria-expanded', 'true');
    await changes.getByRole('button', { name: 'Remove ideas.md for good' }).click();
    await expect(datalad.dialog).toContainText('is lost for ever');
    await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(datalad.dialog).toHaveCount(0);
    await expect(changes.getByRole('button', { name: 'Bring back ideas.md' })).toBeVisible();
    await changes.getByRole('button', { name: 'Remove ideas.md for good' }).click();
    await datalad.accept();
    await expect(changes.getByRole('button', { name: /^Discarded/ })).toHaveCount(0);
    const { 'ideas.md': _, ...others } = before;
    expect(await everything(study)).toEqual(others);
  });
});

test('parts of a text are discarded, and come back', async ({ datalad, page, terminal, workspace }) => {
  const study = join(workspace, 'study');
  const text = (changes: Record<number, string> = {}): string =>
    Array.from({ length: 60 }, (_, at) => `${changes[at] ?? `step ${at}`}\n`).join('');
  const file = join(study, 'code/steps.txt');
  await writeFile(file, text());
  await terminal.git('add', 'code/steps.txt');
  await terminal.git('commit', '-q', '-m', 'Steps', '--', 'code/steps.txt');
  await writeFile(file, text({ 10: 'mine', 50: 'a mistake' }));
  const before = await everything(study);
  await datalad.openFolder('study');
  await datalad.openPanel('Changes');
  const changes = datalad.section('Changes');
  await changes.getByRole('button', { name: 'Actions for code/steps.txt' }).click();
  await datalad.menuEntry('Discard Parts…').click();
  await expect(datalad.dialog).toContainText('Discard Parts of code/steps.txt?');
  await expect(datalad.dialog.getByRole('checkbox')).toHaveCount(2);
  expect(await findings(page, '.jp-Dialog')).toEqual([]);
  const discard = datalad.dialog.locator('button.jp-mod-accept');
  await expect(discard).toBeDisabled();
  await datalad.dialog.getByRole('checkbox').nth(1).check();
  await expect(datalad.dialog).toContainText('1 part of 2 is discarded.');
  await datalad.accept();
  // For a moment it is on the shelf.
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toBe(text({ 10: 'mine' }));
  await changes.getByRole('button', { name: 'Undo the discard' }).click();
  await datalad.accept();
  await expect.poll(() => everything(study)).toEqual(before);
});

test('a discard asks whatever the arguments say', async ({ datalad, tmpPath, workspace }) => {
  const study = join(workspace, 'study');
  const before = await everything(study);
  const asked = datalad.execute('datalad:discard', { paths: [`${tmpPath}/study/notes.txt`], dataset: `${tmpPath}/study` });
  await expect(datalad.dialog).toContainText('Discard Changes');
  await datalad.decline();
  expect((await asked).status).toBe('cancelled');
  expect(await everything(study)).toEqual(before);
});

test('the last save is undone', async ({ datalad, page, terminal, workspace }) => {
  const study = join(workspace, 'study');
  const head = await terminal.git('rev-parse', 'HEAD');
  await datalad.openFolder('study');
  await datalad.openPanel('Changes');
  const changes = datalad.section('Changes');
  await datalad.message.fill('Too early');
  await datalad.saveButton.click();
  await expect(changes).toContainText('Everything saved');
  await expect(changes).toContainText('Saved 4 files.');
  const saved = await everything(study);

  await test.step('from the line below, which says what it will do', async () => {
    await changes.getByRole('button', { name: 'Undo the save' }).click();
    await expect(datalad.dialog).toContainText('Undo the Last Save?');
    await expect(datalad.dialog).toContainText('Too early');
    await expect(datalad.dialog).toContainText('The 4 files stay as they are; their changes are unsaved again.');
    expect(await findings(page, '.jp-Dialog')).toEqual([]);
    await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(datalad.dialog).toHaveCount(0);
    expect(await terminal.git('rev-parse', 'HEAD')).not.toBe(head);
    await changes.getByRole('button', { name: 'Undo the save' }).click();
    await datalad.accept();
    await expect(changes.getByRole('checkbox', { name: 'ideas.md', exact: true })).toBeChecked();
    expect(await terminal.git('rev-parse', 'HEAD')).toBe(head);
    expect(await everything(study)).toEqual(saved);
  });

  await test.step('and what a command of the list did, from there', async () => {
    await datalad.message.fill('Now it is time');
    await datalad.saveButton.click();
    await expect(changes).toContainText('Everything saved');
    await datalad.unfold('Commands');
    await datalad.section('Commands').getByRole('button', { name: 'Undo: Save “Now it is time”' }).click();
    await datalad.accept();
    // The list has an undo already, that of the step before.
    await expect(changes.getByRole('checkbox', { name: 'ideas.md', exact: true })).toBeChecked();
    await expect(
      datalad
        .section('Commands')
        .getByRole('button', { name: /^Undo a save/ })
        .first()
    ).toBeVisible();
    expect(await terminal.git('rev-parse', 'HEAD')).toBe(head);
    expect(await everything(study)).toEqual(saved);
  });

  await test.step('nothing is left to undo', async () => {
    await writeFile(join(study, 'later.txt'), 'later');
    const outcome = await datalad.execute('datalad:undo');
    expect(outcome).toMatchObject({ status: 'error', failure: { kind: 'not-undoable' } });
  });
});

test('a drop, an unlock and a clone are undone from the list of commands', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  const study = join(workspace, 'study');
  const file = 'data/sub-01/bold.nii.gz';
  const before = await everything(study);
  const [status, index] = [await terminal.git('status', '--porcelain'), await terminal.git('ls-files', '-s')];
  const undo = async (name: RegExp, question: string): Promise<void> => {
    await datalad.section('Commands').getByRole('button', { name }).click();
    await expect(datalad.dialog).toContainText(question);
    expect(await findings(page, '.jp-Dialog')).toEqual([]);
    await datalad.accept();
  };
  const asBefore = async (): Promise<void> => {
    await expect.poll(() => everything(study)).toEqual(before);
    await expect.poll(() => terminal.git('ls-files', '-s')).toBe(index);
    expect(await terminal.git('status', '--porcelain')).toBe(status);
  };
  await datalad.openFolder('study');
  await datalad.openPanel('Commands');
  await datalad.goTo(`${tmpPath}/study/data/sub-01`);

  await test.step('the content that was dropped comes again', async () => {
    await datalad.choose('bold.nii.gz', /^Drop, frees/);
    await datalad.expectHere('no', 'bold.nii.gz');
    expect(await everything(study)).not.toEqual(before);
    await undo(/^Undo: Drop bold\.nii\.gz/, 'Get Again What Was Dropped?');
    await datalad.expectHere('yes', 'bold.nii.gz');
    await asBefore();
  });

  await test.step('the file that was unlocked is locked', async () => {
    await datalad.choose('bold.nii.gz', 'Unlock');
    await expect.poll(async () => (await lstat(join(study, file))).isFile()).toBe(true);
    await undo(/^Undo: Unlock bold\.nii\.gz/, 'Lock Again What Was Unlocked?');
    await expect.poll(async () => (await lstat(join(study, file)).catch(() => null))?.isSymbolicLink()).toBe(true);
    await asBefore();
  });

  await test.step('the clone goes, and a new save takes it out of the dataset', async () => {
    const source = await everything(join(study, 'stimuli'));
    const input = { source: join(study, 'stimuli'), path: `${tmpPath}/study/copy`, asSubdataset: `${tmpPath}/study` };
    expect((await datalad.execute('datalad:clone', input)).status).toBe('ok');
    expect((await everything(join(study, 'copy')))['.gitattributes']).toBe(source['.gitattributes']);
    await undo(/^Undo: Clone copy/, `and a new save takes it out of ${tmpPath}/study.`);
    await expect.poll(() => lstat(join(study, 'copy')).catch(() => null)).toBeNull();
    await expect.poll(() => terminal.git('log', '-1', '--format=%s')).toBe('[DATALAD] removed content');
    await asBefore();
  });
});
