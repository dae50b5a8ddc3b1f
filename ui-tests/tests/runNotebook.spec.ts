import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { makeNotebook } from '../support/notebooks';
import { contentHash } from '../support/terminal';

const SOURCES = ["text = open('table.csv').read()\ntext", "open('upper.csv', 'w').write(text.upper())"];

test('a notebook is run and recorded, its inputs dropped, and the record replayed', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  test.setTimeout(180_000);
  const study = join(workspace, 'study');
  await writeFile(join(study, 'table.csv'), 'a,b\n1,2\n');
  await writeFile(join(study, 'analysis.ipynb'), makeNotebook(...SOURCES));
  await terminal.run('datalad', ['save', '-m', 'An analysis', 'table.csv', 'analysis.ipynb'], 'study');
  await datalad.openFolder('study');
  await datalad.choose('analysis.ipynb', 'Run & Record…');

  await test.step('the command is shown, with the input that the source names', async () => {
    await expect(datalad.dialog).toContainText('Run analysis.ipynb and Record It');
    await expect(datalad.dialog.getByRole('checkbox', { name: /^table\.csv/u })).toBeChecked();
    await expect(datalad.dialog.getByRole('group', { name: 'Command' })).toContainText('jupyter nbconvert');
    await page.screenshot({ path: test.info().outputPath('before.png') });
    await datalad.dialog.locator('button.jp-mod-accept').click();
  });

  await test.step('what it read and wrote is shown, and recorded', async () => {
    await expect(datalad.dialog).toContainText('Record What analysis.ipynb Did?', { timeout: 90_000 });
    await expect(datalad.dialog.getByRole('checkbox', { name: /^upper\.csv written/u })).toBeChecked();
    expect(await terminal.git('log', '-1', '--format=%s')).toBe('An analysis');
    await page.screenshot({ path: test.info().outputPath('after.png') });
    await datalad.accept();
    await expect
      .poll(() => terminal.git('log', '-1', '--format=%s'), { timeout: 60_000 })
      .toBe('[DATALAD RUNCMD] Run analysis.ipynb');
  });

  await test.step('plain DataLad replays it bit by bit', async () => {
    const files = ['analysis.ipynb', 'upper.csv'].map(name => join(study, name));
    const hashes = await Promise.all(files.map(contentHash));
    await terminal.run('datalad', ['drop', '--reckless', 'availability', 'upper.csv'], 'study');
    // It repeats runs in a dataset without changes only.
    await terminal.git('stash', '--include-untracked');
    await terminal.run('datalad', ['rerun'], 'study');
    expect(await Promise.all(files.map(contentHash))).toEqual(hashes);
  });
});
