import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

const ONLY = 'only here.dat';

test('a drop frees what is safe elsewhere, and explains what it refuses', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  const study = join(workspace, 'study');
  await test.step('a file of which no other copy is known', async () => {
    await terminal.run('sh', ['-c', `head -c 50000 /dev/urandom > '${ONLY}'`], 'study');
    await terminal.annex('add', '--force-large', ONLY);
    await terminal.git('commit', '-q', '-m', 'Measured here', '--', ONLY);
    await datalad.openFolder('study');
    await datalad.expectHere('yes', ONLY);
    await datalad.openPanel('Data');
  });

  await test.step('the menu says what a drop frees', async () => {
    await datalad.goTo(`${tmpPath}/study/data/sub-01`);
    await datalad.choose('bold.nii.gz', 'Drop, frees 390.6 KB');
    await datalad.expectHere('no', 'bold.nii.gz');
    expect(await terminal.annex('find', '--in', 'here', 'data/sub-01/bold.nii.gz')).toBe('');
  });

  await test.step('the last copy stays, with an explanation', async () => {
    await datalad.goTo(`${tmpPath}/study`);
    await datalad.choose(ONLY, /^Drop, frees/);
    await expect(datalad.problems).toContainText(`${ONLY} stays here.`);
    await expect(datalad.problems).toContainText('only copy DataLad knows of');
    await datalad.expectHere('yes', ONLY);
  });

  await test.step('the override lists the file, and Enter loses nothing', async () => {
    await datalad.problems.getByRole('button', { name: 'Drop anyway…' }).click();
    await expect(datalad.dialog).toContainText('Drop the last known copy of 1 file?');
    await expect(datalad.dialog.getByRole('list', { name: 'Files' })).toHaveText(ONLY);
    await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(datalad.dialog).toHaveCount(0);
    await datalad.expectHere('yes', ONLY);
    expect(await terminal.annex('find', '--in', 'here', ONLY)).toBe(ONLY);
  });

  await test.step('modified content stays', async () => {
    await appendFile(join(study, 'figures', 'draft.png'), 'more');
    const refused = await datalad.execute('datalad:drop', { paths: [`${tmpPath}/study/figures/draft.png`] });
    expect(refused.status).toBe('error');
    await expect(datalad.problems).toContainText('draft.png is modified and stays here.');
    await expect(datalad.problems.getByRole('button', { name: 'Drop anyway…' })).toHaveCount(1);
  });

  await test.step('no argument drops a last copy', async () => {
    const paths = [`${tmpPath}/study/${ONLY}`];
    const refused = await datalad.execute('datalad:drop', { paths, reckless: 'kill', force: true, what: 'filecontent' });
    expect(refused.status).toBe('error');
    await datalad.expectHere('yes', ONLY);
  });

  await test.step('the button does, when asked to', async () => {
    await datalad.problems.getByRole('button', { name: 'Drop anyway…' }).first().click();
    await datalad.dialog.getByRole('button', { name: 'Drop 1 last copy' }).click();
    await datalad.expectHere('no', ONLY);
  });
});
