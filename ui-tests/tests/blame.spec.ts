import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { expect, test } from '../support/fixtures';

test('who changed each line is told from the history of a file, with each commit and what was before it', async ({
  datalad,
  page,
  terminal
}) => {
  const write = async (text: string): Promise<void> => {
    await terminal.run('sh', ['-c', `printf '${text}' > remarks.txt`], 'study');
  };
  const save = async (author: string, message: string): Promise<string> => {
    await terminal.git('add', 'remarks.txt');
    await terminal.git('commit', '-q', `--author=${author} <${author}@example.org>`, '-m', message);
    return (await terminal.git('rev-parse', 'HEAD')).slice(0, 7);
  };
  await write('one\\ntwo\\nthree\\n');
  const begin = await save('Ada', 'Begin remarks');
  await write('one\\nTWO <b>bold</b>\\nthree\\n');
  const edit = await save('Grace', 'Another second line');
  await write('one\\nTWO <b>bold</b>\\nthree\\nfour\\n');
  await datalad.openFolder('study');
  await datalad.openPanel();
  await datalad.choose('remarks.txt', 'History');
  // At the width that the panel has at first.
  expect((await datalad.section('History').getByText('Of remarks.txt').boundingBox())?.width).toBeGreaterThan(60);
  await datalad.section('History').getByRole('button', { name: 'Who Changed Each Line' }).click();
  const view = page.getByRole('region', { name: 'Who changed each line of remarks.txt' });
  const lines = view.getByRole('list', { name: 'Lines of remarks.txt' }).getByRole('listitem');
  const line = (number: number): Locator => view.getByRole('button', { name: new RegExp(`, line ${number}$`) });

  await test.step('authors and commits of all lines', async () => {
    await expect(lines).toHaveCount(4);
    await expect(line(1)).toHaveAccessibleName(new RegExp(`^Ada, .*, ${begin}, Begin remarks, line 1$`));
    await expect(line(2)).toHaveAccessibleName(new RegExp(`^Grace, .*, ${edit}, Another second line, line 2$`));
    await expect(line(3)).toHaveAccessibleName(/^Ada, /);
    await expect(line(4)).toHaveAccessibleName('not saved yet, line 4');
    await expect(lines.nth(1)).toContainText('TWO <b>bold</b>');
    await expect(view.getByText('git blame remarks.txt')).toBeVisible();
  });

  await test.step('what is written meanwhile comes by itself', async () => {
    await write('one\\nTWO <b>bold</b>\\nthree\\nfour\\nfive\\n');
    await expect(lines).toHaveCount(5);
  });

  await test.step('a commit, by the keyboard', async () => {
    await line(1).focus();
    await page.keyboard.press('ArrowDown');
    await expect(line(2)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(datalad.section('History').getByRole('heading', { name: 'Another second line' })).toBeVisible();
  });

  await test.step('axe finds nothing, wide and narrow, light and dark', async () => {
    const id = await view.evaluate(node => (node.id = 'blamed'));
    for (const width of [1280, 800]) {
      await page.setViewportSize({ width, height: 600 });
      for (const theme of ['light', 'dark'] as const) {
        await (theme === 'dark' ? page.theme.setDarkTheme() : page.theme.setLightTheme());
        const { violations } = await new AxeBuilder({ page }).include(`#${id}`).analyze();
        expect(violations.map(found => `${found.id}: ${found.nodes.map(({ html }) => html).join()}`)).toEqual([]);
        await page.screenshot({ path: test.info().outputPath(`${theme}-${width}.png`) });
      }
    }
  });

  await test.step('what was before a change, and back', async () => {
    await view.getByRole('button', { name: `Before this change: remarks.txt in ${begin}` }).click();
    await expect(view.getByText(`As it was in commit ${begin}`)).toBeVisible();
    await expect(lines).toHaveCount(3);
    await expect(lines.nth(1)).toContainText('two');
    await expect(line(2)).toHaveAccessibleName(/^Ada, /);
    await expect(view.getByRole('button', { name: '‹ Back' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(lines).toHaveCount(5);
  });
});
