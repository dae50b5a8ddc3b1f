import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/fixtures';

test('rules are read, tried out, written, and taken back', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const file = join(workspace, 'study', '.gitattributes');
  const lines = ['# Kept by hand', '* annex.backend=MD5E', '*.csv annex.largefiles=nothing', '*.txt annex.largefiles=nothing'];
  await writeFile(
    file,
    [...lines, '**/notes.* annex.largefiles=anything', '*.dat annex.largefiles=(largerthen=1mb)', ''].join('\n')
  );
  await terminal.git('add', '.gitattributes');
  await terminal.git('commit', '-q', '-m', 'Rules', '.gitattributes');
  await datalad.openFolder('study');
  await datalad.execute('datalad:rules', { dataset: `${tmpPath}/study` });
  const view = page.getByRole('region', { name: /^Rules of/ });
  const line = (number: number) => view.getByRole('list', { name: 'Lines' }).locator(`:scope > li[value="${number}"]`);

  await test.step('each says what it does, for which files, and what overrides it', async () => {
    await expect(line(1)).toContainText('# Kept by hand');
    await expect(line(3)).toContainText('kept in Git');
    await expect(line(3)).toContainText('fits 3 files');
    await expect(line(4)).toContainText('overridden by line 5');
    await expect(line(6)).toContainText('git-annex does not know “largerthen=1mb”');
    await line(4).getByRole('button', { name: /^fits/ }).press('Enter');
    await expect(line(4).getByRole('list', { name: 'Files of line 4' })).toContainText('notes.txt');
  });

  await test.step('a new one is tried out while it is typed', async () => {
    await view.getByRole('button', { name: 'Add a rule' }).press('Enter');
    const form = view.getByRole('form', { name: 'New rule' });
    await expect(form.getByRole('textbox', { name: 'Files' })).toBeFocused();
    await form.getByRole('textbox', { name: 'Files' }).fill('*.mp4');
    await form.getByRole('combobox', { name: 'Kept in' }).selectOption('the annex if larger than …, else Git');
    await form.getByRole('textbox', { name: 'Larger than' }).fill('2mb');
    await expect(form.getByRole('group', { name: 'The line in .gitattributes' })).toHaveText(
      '*.mp4 annex.largefiles=largerthan=2mb'
    );
    await expect(form.getByRole('list', { name: /^Files of line/ })).toContainText('movie with spaces – é.mp4');
    const { violations } = await new AxeBuilder({ page }).include('.jp-Datalad-page').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await form.getByRole('button', { name: 'Add the rule' }).press('Enter');
    await expect(line(7)).toContainText('kept in the annex if larger than 2mb, else in Git');
    expect((await readFile(file, 'utf8')).endsWith('\n*.mp4 annex.largefiles=largerthan=2mb\n')).toBe(true);
    await expect(view.getByRole('button', { name: 'Add a rule' })).toBeFocused();
  });

  await test.step('they are put in another order, changed and removed', async () => {
    await view.getByRole('button', { name: 'Move line 5 up' }).press('Enter');
    await expect(line(5)).toContainText('*.txt');
    await expect(line(4)).toContainText('overridden by line 5');
    await view.getByRole('button', { name: 'Change line 6' }).press('Enter');
    const form = view.getByRole('form', { name: 'Change line 6' });
    await form.getByRole('textbox', { name: 'Condition' }).fill('largerthan=1mb and not include=*.csv');
    await form.getByRole('button', { name: 'Change the rule' }).press('Enter');
    await expect(line(6)).toContainText('(largerthan=1mb)and(not(include=*.csv))');
    await view.getByRole('button', { name: 'Remove line 3' }).press('Enter');
    await expect(view.getByRole('list', { name: 'Lines' }).locator(':scope > li')).toHaveCount(6);
    expect((await readFile(file, 'utf8')).split('\n').slice(0, 2)).toEqual(lines.slice(0, 2));
  });

  await test.step('what an editor writes meanwhile shows, and is not written over', async () => {
    await writeFile(file, '*.bin annex.numcopies=2\n');
    await expect(line(1)).toContainText('a drop leaves at least 2 copies elsewhere');
  });

  await test.step('250 pixels are enough', async () => {
    await page.evaluate(() => {
      const node = document.querySelector<HTMLElement>('.jp-Datalad-page');
      node?.style.setProperty('width', '250px');
    });
    const width = await view.locator('.jp-Datalad-page').evaluate(node => node.scrollWidth - node.clientWidth);
    expect(width).toBe(0);
  });
});
