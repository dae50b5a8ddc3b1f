import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import type { DataladPage } from '../support/dataladPage';
import { contentHash, type Terminal } from '../support/terminal';

/** What axe finds in the panel, as short lines. */
async function findings(page: Page, part = '#datalad-panel'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

const list = (datalad: DataladPage): Locator => datalad.section('History').getByRole('group', { name: 'Branches and tags' });
const button = (datalad: DataladPage, name: string | RegExp): Locator => list(datalad).getByRole('button', { name });
const chip = (datalad: DataladPage, name: string): Locator =>
  datalad.panel.getByRole('button', { name: `Branch ${name}: show branches and tags`, exact: true });

/** A dataset with a text, an annexed file, and a branch that changed both. */
async function makeDataset(terminal: Terminal): Promise<void> {
  const script = [
    'git init -q -b main work && cd work && git annex init -q',
    'printf "one\\n" > text.txt && git -c annex.largefiles=nothing add text.txt',
    'printf "first content" > data.bin && git annex add -q --force-large data.bin && git commit -q -m Start',
    'git switch -q -c feature/mask && printf "of the branch\\n" > text.txt && printf "mask\\n" > mask.txt',
    'git -c annex.largefiles=nothing add text.txt mask.txt && git commit -q -m "Add a <b>mask</b>" && git switch -q main'
  ];
  await terminal.run('sh', ['-c', script.join(' && ')]);
}

test('branches are switched, made, merged and deleted from the panel', async ({ datalad, page, terminal, workspace }) => {
  await makeDataset(terminal);
  const git = (...args: string[]): Promise<string> => terminal.run('git', args, 'work');
  const file = (name: string): string => join(workspace, 'work', name);
  const text = (name: string): Promise<string> => readFile(file(name), 'utf8').catch(() => 'gone');
  const data = await contentHash(file('data.bin'));
  await datalad.openFolder('work');
  await datalad.openPanel();
  await datalad.row('text.txt').dblclick();
  await expect(datalad.tab('text.txt')).toBeVisible();
  const editor = page.getByRole('main').locator('.cm-content');
  await expect(editor).toContainText('one');

  await test.step('from the branch beside the name, and git-annex is out of sight', async () => {
    await chip(datalad, 'main').click();
    await expect(button(datalad, 'Switch to feature/mask')).toBeVisible();
    await expect(list(datalad).getByText('git-annex')).toHaveCount(0);
    await expect(list(datalad).locator('.jp-Datalad-ref b')).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath('branches.png') });
  });

  await test.step('an open document shows what the branch has', async () => {
    await button(datalad, 'Switch to feature/mask').click();
    await expect(chip(datalad, 'feature/mask')).toBeVisible();
    await expect(editor).toContainText('of the branch');
    await expect(datalad.row('mask.txt')).toBeVisible();
    expect(await git('branch', '--show-current')).toBe('feature/mask');
    await button(datalad, 'Switch to main').click();
    await expect(editor).toContainText('one');
  });

  await test.step('what is typed is saved first, and not lost', async () => {
    await editor.click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type('typed');
    await button(datalad, 'Switch to feature/mask').click();
    await expect(datalad.dialog).toContainText('Save Open Documents First?');
    await expect(datalad.dialog.getByRole('button', { name: 'Save Documents' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(datalad.problems).toContainText('text.txt has changes that are not saved.');
    await expect.poll(() => text('text.txt')).toContain('typed');
    expect(await git('branch', '--show-current')).toBe('main');
    await datalad.problems.getByRole('button', { name: 'Dismiss' }).click();
    await git('commit', '-q', '-am', 'Type');
  });

  await test.step('a new one, by its name', async () => {
    await button(datalad, 'New branch…').click();
    const name = datalad.dialog.getByRole('textbox', { name: 'Name' });
    await name.fill('two words');
    await expect(datalad.dialog.getByText(/^Git takes no spaces here/)).toBeVisible();
    await name.fill('idea');
    await expect(datalad.dialog.getByText('$ git switch --create idea')).toBeVisible();
    expect(await findings(page, '.jp-Dialog')).toEqual([]);
    await datalad.accept();
    await expect(chip(datalad, 'idea')).toBeVisible();
    await button(datalad, 'Switch to main').click();
    await expect(chip(datalad, 'main')).toBeVisible();
  });

  await test.step('a merge with a conflict is settled and finished', async () => {
    await button(datalad, 'Merge feature/mask').click();
    const mine = button(datalad, 'Take my version of text.txt');
    await expect(mine).toBeVisible();
    await expect(button(datalad, 'Finish the merge')).toBeDisabled();
    await page.screenshot({ path: test.info().outputPath('conflict.png') });
    expect(await findings(page)).toEqual([]);
    await button(datalad, 'Take their version of text.txt').click();
    await expect.poll(() => text('text.txt')).toBe('of the branch\n');
    await button(datalad, 'Finish the merge').click();
    await expect(list(datalad).getByRole('group', { name: 'What is not finished' })).toHaveCount(0);
    expect((await git('log', '-1', '--format=%P')).split(' ')).toHaveLength(2);
    expect(await git('status', '--porcelain', '--untracked-files=no')).toBe('');
    expect(await contentHash(file('data.bin'))).toBe(data);
  });

  await test.step('what is deleted is made again, and what only it has is not deleted unasked', async () => {
    const tip = await git('rev-parse', 'idea');
    await button(datalad, 'Delete idea').click();
    await button(datalad, 'Make idea again').click();
    await expect(button(datalad, 'Delete idea')).toBeVisible();
    expect(await git('rev-parse', 'idea')).toBe(tip);
    await git('commit', '-q', '--allow-empty', '-m', 'Only here');
    await git('branch', 'only', 'HEAD');
    await git('reset', '-q', '--hard', 'HEAD~1');
    await button(datalad, 'Delete only').click();
    await expect(datalad.dialog).toContainText('Only here');
    await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(datalad.dialog).toHaveCount(0);
    expect(await git('branch', '--list', 'only')).toContain('only');
  });

  await test.step('a commit that is looked at without a branch says how to get back', async () => {
    await git('switch', '-q', '--detach', 'HEAD~1');
    await expect(list(datalad).getByText(/^No branch is checked out/)).toBeVisible();
    await button(datalad, 'Back to main').click();
    await expect(chip(datalad, 'main')).toBeVisible();
  });
});

test('tags and branches begin at a commit, and an adjusted branch is called by its own', async ({ datalad, page, terminal }) => {
  await makeDataset(terminal);
  const git = (...args: string[]): Promise<string> => terminal.run('git', args, 'work');
  const first = await git('rev-parse', 'main');
  await datalad.openFolder('work');
  await datalad.openPanel('History');
  const history = datalad.section('History');
  await history
    .getByRole('list', { name: 'Commits' })
    .getByRole('button', { name: /^Start/ })
    .click();
  await history.getByRole('button', { name: 'Tag…' }).click();
  await datalad.dialog.getByRole('textbox', { name: 'Name' }).fill('v1.0');
  await datalad.dialog.getByRole('textbox', { name: 'Message' }).fill('First release');
  await datalad.accept();
  await expect.poll(() => git('tag', '--list', '-n1')).toBe('v1.0            First release');
  await page.keyboard.press('Escape');

  await terminal.run('git', ['annex', 'adjust', '-q', '--unlock'], 'work');
  await expect(chip(datalad, 'main (unlocked)')).toBeVisible();
  await history.getByRole('button', { name: 'Branches', exact: true }).click();
  await expect(button(datalad, 'Switch to main')).toBeVisible();
  for (const width of [420, 250]) {
    await page.sidebar.setWidth(width, 'right');
    await expect(button(datalad, /^Commit .* First release/)).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`adjusted-${width}.png`) });
  }
  await page.theme.setDarkTheme();
  expect(await findings(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('dark.png') });
  await button(datalad, 'Merge feature/mask').click();
  await expect.poll(() => git('rev-parse', 'main')).toBe(await git('rev-parse', 'feature/mask'));
  await expect(datalad.row('mask.txt')).toBeVisible();

  await button(datalad, /^Commit .* First release/).click();
  await expect(history.getByRole('group', { name: `Commit ${first.slice(0, 10)}` })).toBeVisible();
  await page.keyboard.press('Escape');
  await history.getByRole('button', { name: 'Branches', exact: true }).click();
  await button(datalad, 'Delete the tag v1.0').click();
  await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await datalad.dialog.getByRole('button', { name: 'Delete' }).click();
  await button(datalad, 'Make v1.0 again').click();
  await expect.poll(() => git('tag', '--list', '-n1')).toBe('v1.0            First release');
});
