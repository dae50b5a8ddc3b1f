import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { makeNotebook } from '../support/notebooks';
import { contentHash } from '../support/terminal';

const SOURCES = ["text = open('table.csv').read()\ntext", "open('upper.csv', 'w').write(text.upper())"];

test('a notebook is run and recorded, its input dropped, and the record repeated to the same bit by bit', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  test.setTimeout(180_000);
  const study = join(workspace, 'study');
  await writeFile(join(study, 'table.csv'), 'a,b\n1,2\n');
  await writeFile(join(study, 'analysis.ipynb'), makeNotebook(...SOURCES));
  // DataLad repeats runs in a dataset without changes only.
  await terminal.git('stash', '--include-untracked', '--', '.', ':!table.csv', ':!analysis.ipynb');
  await terminal.git('-c', 'annex.largefiles=anything', 'annex', 'add', '-q', 'table.csv');
  await terminal.run('datalad', ['save', '-m', 'An analysis'], 'study');
  await terminal.annex('copy', '-q', '--to=origin', 'table.csv');
  const files = ['analysis.ipynb', 'upper.csv'].map(name => join(study, name));
  const isHere = async (): Promise<boolean> => (await terminal.annex('find', '--in=here', 'table.csv')) === 'table.csv';
  expect(await isHere()).toBe(true);
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

  const hashes = await Promise.all(files.map(contentHash));

  await test.step('without its input it is repeated: that is got, and the files are told to be the same', async () => {
    await datalad.choose('table.csv', /^Drop, frees/u);
    await expect.poll(isHere).toBe(false);
    const asked = datalad.execute('datalad:rerun', { dataset: `${tmpPath}/study` });
    await expect(datalad.dialog).toContainText('Repeat Runs in study?');
    await expect(datalad.dialog.getByRole('group', { name: 'The run' })).toContainText('Inputs: analysis.ipynb, table.csv');
    await datalad.dialog.getByRole('button', { name: 'Run Again' }).click();
    expect((await asked).status).toBe('ok');
    await expect(datalad.dialog).toContainText('The Runs Were Repeated');
    await expect(datalad.dialog.getByRole('status')).toHaveText('2 files, all identical bit by bit.');
    await expect(datalad.dialog.getByRole('listitem')).toHaveText(['analysis.ipynb identical', 'upper.csv identical']);
    await datalad.dialog.getByRole('button', { name: 'Close' }).click();
    expect(await isHere()).toBe(true);
    expect(await Promise.all(files.map(contentHash))).toEqual(hashes);
    expect(await terminal.git('status', '--porcelain')).toBe('');
  });

  await test.step('plain DataLad repeats it bit by bit, without its input and what it made', async () => {
    await terminal.run('datalad', ['drop', 'table.csv'], 'study');
    await terminal.run('datalad', ['drop', '--reckless', 'availability', 'upper.csv'], 'study');
    await terminal.run('datalad', ['rerun'], 'study');
    expect(await isHere()).toBe(true);
    expect(await Promise.all(files.map(contentHash))).toEqual(hashes);
  });
});
