import AxeBuilder from '@axe-core/playwright';
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

  await test.step('of the dataset, as a list', async () => {
    await datalad.execute('datalad:provenance', { dataset });
    await page.getByRole('button', { name: 'As a List' }).click();
    await expect(page.getByRole('list', { name: 'Runs' })).toContainText('Double');
    await expect(page.getByRole('list', { name: 'Runs' })).toContainText('stale');
  });
});
