import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { contentHash } from '../support/terminal';

/** What axe finds in the panel, as short lines. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('#datalad-panel').analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`)
  );
}

const FILE = 'data/sub-01/bold.nii.gz';

test('a file is looked at closely, its copies come and go, and damage is found without a loss', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  const inspector = (name: string): Locator => datalad.panel.getByRole('region', { name: `Inspect ${name}` });
  const copies = (within: Locator): Locator => within.getByRole('list', { name: 'Copies' });
  await datalad.openFolder('study');
  await datalad.openPanel('Data');

  await test.step('Data tells where the copies of the folder in view are, once it is asked', async () => {
    const data = datalad.section('Data');
    await data.getByRole('button', { name: 'Where are the copies?' }).click();
    await expect(copies(data)).toContainText('here');
    await expect(copies(data)).toContainText('origin');
    expect(await findings(page)).toEqual([]);
    await datalad.goTo(`${tmpPath}/study/data/sub-01`);
    await expect(data.getByRole('button', { name: 'Where are the copies of data/sub-01?' })).toBeVisible();
    await expect(copies(data)).toContainText('origin');
  });

  const bold = inspector('bold.nii.gz');
  await test.step('the menu of a file opens a page with its key, its rule and its copies', async () => {
    await datalad.choose('bold.nii.gz', 'Inspect');
    await expect(bold).toContainText('In the annex');
    await expect(bold).toContainText(await terminal.annex('lookupkey', FILE));
    await expect(copies(bold).getByRole('listitem')).toHaveText(['here', 'origin']);
    await expect(bold.getByRole('button', { name: 'History of this file' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    // Also once all has been drawn.
    await expect(bold.getByRole('button', { name: '‹ Back' })).toBeFocused();
  });

  await test.step('a drop in a terminal, and a get, change what is shown', async () => {
    await terminal.annex('drop', FILE);
    await expect(copies(bold).getByRole('listitem')).toHaveText(['origin']);
    await expect(bold.getByRole('button', { name: 'Verify now' })).toHaveCount(0);
    expect((await datalad.execute('datalad:get', { paths: [`${tmpPath}/study/${FILE}`] })).status).toBe('ok');
    await expect(copies(bold).getByRole('listitem')).toHaveText(['here', 'origin']);
  });

  await test.step('what is sound matches', async () => {
    await bold.getByRole('button', { name: 'Verify now' }).click();
    await expect(bold.getByRole('status')).toContainText('The content matches.');
  });

  await test.step('what was damaged differs, and stays where it is', async () => {
    const object = join(workspace, 'study', await terminal.annex('contentlocation', await terminal.annex('lookupkey', FILE)));
    // One byte in the middle; the size is the same.
    await terminal.run('sh', ['-c', 'chmod u+w "$0" && printf X | dd of="$0" bs=1 seek=1000 conv=notrunc status=none', object]);
    const before = await contentHash(object);
    await bold.getByRole('button', { name: 'Verify now' }).click();
    await expect(bold.getByRole('status')).toContainText('The content differs: it was damaged.');
    await expect(bold).toContainText('Nothing was moved or deleted.');
    expect(await contentHash(object)).toBe(before);
    expect(await terminal.annex('find', '--in', 'here', FILE)).toBe(FILE);
    expect(await findings(page)).toEqual([]);
  });

  await test.step('damage is moved away after a question, and a get brings what is sound', async () => {
    await bold.getByRole('button', { name: 'Move it away…' }).click();
    const question = page.getByRole('dialog');
    await expect(question).toContainText('.git/annex/bad');
    await question.getByRole('button', { name: 'Check' }).click();
    await expect(bold.getByRole('definition').filter({ hasText: 'not here' })).toBeVisible();
    await expect(bold.getByRole('button', { name: 'Move it away…' })).toHaveCount(0);
    await bold.getByRole('button', { name: 'Get', exact: true }).click();
    await expect(copies(bold).getByRole('listitem')).toHaveText(['here', 'origin']);
    await bold.getByRole('button', { name: 'Verify now' }).click();
    await expect(bold.getByRole('status')).toContainText('The content matches.');
    const object = join(workspace, 'study', await terminal.annex('contentlocation', await terminal.annex('lookupkey', FILE)));
    const [, checksum = 'none'] = /--([0-9a-f]+)/u.exec(await terminal.annex('lookupkey', FILE)) ?? [];
    const hash = checksum.length === 32 ? 'md5sum' : 'sha256sum';
    expect(await terminal.run(hash, [object])).toContain(checksum);
  });

  await test.step('a file of Git says by which rule, and where it comes from', async () => {
    await page.keyboard.press('Escape');
    await expect(bold).toHaveCount(0);
    await expect(datalad.heading('Data')).toBeVisible();
    await terminal.run(
      'datalad',
      ['run', '--explicit', '-o', 'words & more.txt', '-m', 'Count <b>words</b>', 'wc -w notes.txt > "words & more.txt"'],
      'study'
    );
    await datalad.execute('datalad:inspect', { path: `${tmpPath}/study/words & more.txt` });
    const words = inspector('words & more.txt');
    await expect(words.getByLabel('Command')).toHaveText('wc -w notes.txt > "words & more.txt"');
    await expect(words.getByRole('button', { name: 'Count <b>words</b>' }).first()).toBeVisible();
    await words.getByRole('button', { name: 'History of this file' }).click();
    await expect(words).toHaveCount(0);
    await expect(datalad.section('History').getByRole('list', { name: 'Commits' }).getByRole('button')).toHaveCount(1);
  });

  await test.step('of several, the copies', async () => {
    await datalad.execute('datalad:inspect', { paths: [`${tmpPath}/study/data`, `${tmpPath}/study/notes.txt`] });
    await expect(copies(inspector('2 items'))).toContainText('origin');
    await inspector('2 items').getByRole('button', { name: '‹ Back' }).click();
  });
});
