import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/fixtures';

test('a check-up tells what is wrong, and mends it', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const study = join(workspace, 'study');
  await symlink('nowhere', join(study, 'lost'));
  await symlink('data/sub-04/anat.nii.gz', join(study, 'scan'));
  for (const content of ['first <b>version</b>', 'second version', 'third']) {
    await rm(join(study, 'series.dat'), { force: true });
    // No text, so that it is annexed whoever adds it.
    await writeFile(join(study, 'series.dat'), `\0${content}`);
    await terminal.git('annex', 'add', '-q', 'series.dat');
    await terminal.git('add', 'lost', 'scan');
    await terminal.git('commit', '-q', '-m', `Series: ${content}`, 'series.dat', 'lost', 'scan');
    if (content.startsWith('first')) {
      await terminal.git('annex', 'copy', '-q', '--to=origin', 'series.dat');
    }
  }
  const part = join(study, '.git/annex/tmp/part');
  await mkdir(join(study, '.git/annex/tmp'), { recursive: true });
  await writeFile(part, 'half of it');
  await datalad.openFolder('study');
  await datalad.execute('datalad:check-up', { dataset: `${tmpPath}/study` });
  const view = page.getByRole('region', { name: /^Check-up of/ });
  const finding = (name: string) => view.getByRole('region', { name: new RegExp(`^${name}`) });

  await test.step('all looks come to their end', async () => {
    await expect(view.getByRole('status')).toContainText('Done');
    await expect(finding('Only copy is here').getByRole('button', { name: 'series.dat' })).toBeVisible();
    await expect(finding('Broken links').getByRole('list')).toContainText('lost');
    await expect(finding('Not pushed').getByRole('list')).toContainText('Series: first <b>version</b>');
    await expect(finding('Only in history').getByRole('list')).toContainText('Series: second version');
    await expect(finding('Nothing found')).toContainText('Large files in Git');
  });

  await test.step('axe finds nothing, and 250 pixels are enough', async () => {
    const { violations } = await new AxeBuilder({ page }).include('.jp-Datalad-page').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const sheet = view.locator('.jp-Datalad-page');
    await sheet.evaluate(node => node.style.setProperty('width', '250px'));
    expect(await sheet.evaluate(node => node.scrollWidth - node.clientWidth)).toBe(0);
    await sheet.evaluate(node => node.style.removeProperty('width'));
  });

  await test.step('what is on this disk alone has lines for a terminal', async () => {
    const line = finding('Only copy is here').locator('.jp-Datalad-commandLine');
    await expect(line).toContainText('datalad push --to origin --data anything');
    await line.getByRole('button', { name: 'Help on this line' }).click();
    await expect(datalad.dialog).toContainText('datalad push');
    await datalad.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(finding('Not pushed')).toContainText('datalad push --to origin');
  });

  await test.step('what a broken link leads to is got', async () => {
    await finding('Broken links').getByRole('button', { name: 'Get What They Lead To' }).click();
    await expect(finding('Broken links').getByRole('list')).not.toContainText('scan');
    await expect(finding('Broken links').getByRole('list')).toContainText('lost');
    expect(existsSync(join(study, 'scan'))).toBe(true);
  });

  await test.step('a commit opens in the panel', async () => {
    await finding('Not pushed').getByRole('button', { name: 'Series: third' }).press('Enter');
    await expect(page.locator('#datalad-panel').getByRole('group', { name: /^Commit / })).toContainText('Series: third');
  });

  await test.step('leftovers are cleared after a question', async () => {
    await finding('Leftovers').getByRole('button', { name: 'Clear Leftovers…' }).press('Enter');
    await expect(datalad.dialog).toContainText('.git/annex/tmp/part – 10 B');
    await datalad.decline();
    expect(existsSync(part)).toBe(true);
    await finding('Leftovers').getByRole('button', { name: 'Clear Leftovers…' }).press('Enter');
    await datalad.dialog.getByRole('button', { name: 'Clear', exact: true }).click();
    await expect(finding('Leftovers')).toHaveCount(0);
    expect(existsSync(part)).toBe(false);
  });

  await test.step('old versions are dropped where another place has them', async () => {
    await finding('Only in history').getByRole('button', { name: 'Drop Those With Other Copies…' }).press('Enter');
    await expect(datalad.dialog).toContainText('series.dat – origin');
    await datalad.dialog.getByRole('button', { name: 'Drop', exact: true }).click();
    await expect(finding('Only in history').getByRole('list')).not.toContainText('Series: first');
    await expect(finding('Only in history').getByRole('list')).toContainText('Series: second version');
  });

  await test.step('contents are checked after a question', async () => {
    await view.getByRole('button', { name: 'Check Contents…' }).press('Enter');
    await expect(datalad.dialog).toContainText('.git/annex/bad');
    await expect(datalad.dialog.getByRole('group', { name: 'Command' })).toHaveText('$ git annex fsck .');
    await datalad.decline();
  });
});

test('a dataset is exported, and an archive that came with it unpacked', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  await terminal.run('tar', ['-czf', 'study/scans.tar.gz', 'study/README.md']);
  await terminal.annex('add', '-q', '--force-large', 'scans.tar.gz');
  await terminal.git('commit', '-q', '-m', 'Scans');
  await datalad.openFolder('study');
  const { dialog } = datalad;
  const look = async (name: string) => {
    const { violations } = await new AxeBuilder({ page }).include('.jp-Dialog').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
  };

  await test.step('the form shows its command as it is filled, and what is not here', async () => {
    const done = datalad.execute('datalad:export-archive', { dataset: `${tmpPath}/study` });
    const name = dialog.getByRole('textbox', { name: /^File name/ });
    await expect(name).toHaveValue('study');
    await name.fill('study.v1');
    await dialog.getByRole('radio', { name: '.tar.gz' }).check();
    await expect(dialog).toContainText('not here.');
    await dialog.getByRole('radio', { name: /name what is left out/ }).check();
    await expect(dialog.getByRole('group', { name: 'Command' })).toHaveText(
      '$ datalad export-archive --missing-content continue ../study.v1.tar'
    );
    await look('export');
    await datalad.accept();
    expect(await done).toMatchObject({ status: 'ok', results: [{ path: `${tmpPath}/study.v1.tar.gz` }] });
    expect(await terminal.run('tar', ['-tzf', 'study.v1.tar.gz'])).toContain('study.v1/README.md');
    const again = await datalad.execute('datalad:export-archive', { dataset: `${tmpPath}/study`, name: 'study.v1' });
    expect(again).toMatchObject({ status: 'error', failure: { kind: 'in-the-way' } });
  });

  await test.step('what is not saved stands against unpacking', async () => {
    await datalad.choose('scans.tar.gz', 'Unpack Archive…');
    await expect(dialog).toContainText('Save them first');
    await datalad.decline();
    await terminal.git('add', '-A');
    await terminal.git('commit', '-q', '-m', 'All that was not saved');
  });

  await test.step('an archive is unpacked where there is 7z, else it is explained', async () => {
    await datalad.choose('scans.tar.gz', 'Unpack Archive…');
    await expect(dialog).toContainText(/7z was not found|unpacked:/);
    await look('unpack');
    if (await dialog.getByText('7z was not found.').isVisible()) {
      await datalad.decline();
      expect(existsSync(join(workspace, 'study/scans'))).toBe(false);
      return;
    }
    await expect(dialog.getByRole('group', { name: 'Command' })).toHaveText(
      '$ datalad add-archive-content --add-archive-leading-dir scans.tar.gz'
    );
    await datalad.accept();
    await expect(page.locator('#datalad-panel').getByRole('group', { name: /^Commit / })).toContainText('scans.tar.gz');
    expect(existsSync(join(workspace, 'study/scans/study/README.md'))).toBe(true);
  });
});
