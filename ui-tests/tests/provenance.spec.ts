import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/fixtures';

test('how files were made is shown as a picture and as a list', async ({ datalad, page, terminal, tmpPath }) => {
  await terminal.run('datalad', ['save', '-m', 'All'], 'study');
  await terminal.run(
    'datalad',
    ['run', '-m', 'Count', '-i', 'notes.txt', '-o', 'count.txt', 'wc -l < notes.txt > count.txt'],
    'study'
  );
  await terminal.run(
    'datalad',
    ['run', '-m', 'Double', '-i', 'count.txt', '-o', 'twice.txt', 'cat count.txt count.txt > twice.txt'],
    'study'
  );
  await terminal.run('sh', ['-c', 'echo more >> notes.txt'], 'study');
  await terminal.run('datalad', ['save', '-m', 'More notes'], 'study');
  const dataset = `${tmpPath}/study`;
  const picture = page.getByRole('group', { name: 'Files and runs; arrow keys lead from one to the next' });
  await datalad.openFolder('study');

  await test.step('of one file: what led to it, and that it is stale', async () => {
    await datalad.execute('datalad:provenance', { dataset, paths: [`${dataset}/twice.txt`] });
    await expect(picture.getByRole('button', { name: /^run Double/ })).toBeVisible();
    await expect(picture.getByRole('button', { name: /^run Count.*stale/ })).toBeVisible();
    await picture.getByRole('button', { name: /^run Count/ }).click();
    const details = page.getByRole('region', { name: 'Details' });
    await expect(details).toContainText('Stale: what it was made from has changed since.');
    await expect(details.getByRole('list', { name: 'Made from' })).toContainText('notes.txt');
    expect((await new AxeBuilder({ page }).include('.jp-Datalad-provenance').analyze()).violations).toEqual([]);
  });

  await test.step('a file of it is inspected', async () => {
    await page.getByRole('region', { name: 'Details' }).getByRole('list', { name: 'It made' }).getByText('count.txt').click();
    await page.getByRole('region', { name: 'Details' }).getByRole('button', { name: 'Inspect' }).click();
    await expect(page.getByRole('heading', { name: 'count.txt' })).toBeVisible();
    await datalad.tab('Provenance of twice.txt').click();
  });

  await test.step('of the dataset, as a list', async () => {
    await datalad.execute('datalad:provenance', { dataset });
    await page.getByRole('button', { name: 'As a List' }).click();
    await expect(page.getByRole('list', { name: 'Runs' })).toContainText('Double');
    await expect(page.getByRole('list', { name: 'Runs' })).toContainText('stale');
  });

  await test.step('saved in the terms of PROV, without addresses of authors', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as PROV' }).click()
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(download.suggestedFilename()).toMatch(/\.jsonld$/);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(expect.arrayContaining(['@context', '@graph']));
    expect(text).toContain('wc -l < notes.txt > count.txt');
    expect(text).not.toMatch(/[\w.]+@[\w.]+\.\w+/);
  });
});
