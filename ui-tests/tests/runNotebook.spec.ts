import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
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

test('a notebook that is saved while it is executed stays as it was saved, and what was executed lies beside it', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  test.setTimeout(120_000);
  const [study, go] = [join(workspace, 'study'), join(workspace, 'go')];
  const waits = `import os, time\nwhile not os.path.exists('../go'): time.sleep(0.05)`;
  await writeFile(join(study, 'slow.ipynb'), makeNotebook("open('made.txt', 'w').write('1')", waits, 'print(6 * 7)', '# notes'));
  await terminal.run('datalad', ['save', '-m', 'Slow', 'slow.ipynb'], 'study');
  await datalad.openFolder('study');
  await datalad.row('slow.ipynb').dblclick();
  const cells = page.locator('.jp-NotebookPanel:visible .jp-CodeCell');
  await expect(cells).toHaveCount(4);
  // JupyterLab writes the kernel's name and language into it, one after the other.
  await expect(page.getByText('Python 3 (ipykernel) | Idle')).toBeVisible({ timeout: 30_000 });
  await expect(datalad.tab('slow.ipynb')).toHaveClass(/jp-mod-dirty/u, { timeout: 30_000 });
  await datalad.openPanel();

  await test.step('its toolbar runs it, and it is told how far it is', async () => {
    await page.locator('.jp-NotebookPanel:visible [data-jp-item-name="datalad-run-notebook"]').getByRole('button').click();
    await datalad.dialog.getByRole('button', { name: 'Save Documents' }).click();
    await expect(datalad.dialog).toContainText('Run slow.ipynb and Record It');
    await datalad.dialog.locator('button.jp-mod-accept').click();
    await expect(datalad.panel).toContainText('25 %', { timeout: 60_000 });
    await page.screenshot({ path: test.info().outputPath('progress.png') });
  });

  await test.step('who types into it is told, and a save asks', async () => {
    await expect(datalad.tab('slow.ipynb')).not.toHaveClass(/jp-mod-dirty/u);
    await cells.nth(3).locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type(' of an afternoon');
    await expect(page.locator('.Toastify__toast')).toContainText('slow.ipynb is being executed.');
    await page.keyboard.press('ControlOrMeta+s');
    await expect(datalad.dialog).toContainText('slow.ipynb Is Being Executed');
    await page.screenshot({ path: test.info().outputPath('asked.png') });
    await datalad.dialog.getByRole('button', { name: 'Not Now' }).click();
    const toast = page.locator('.Toastify__toast').filter({ hasText: 'your changes are not saved yet' });
    await expect(toast).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('unsaved.png') });
    expect(await readFile(join(study, 'slow.ipynb'), 'utf8')).not.toContain('of an afternoon');
    await toast.getByRole('button', { name: 'Save All the Same' }).click();
    await expect.poll(() => readFile(join(study, 'slow.ipynb'), 'utf8')).toContain('notes of an afternoon');
  });

  await test.step('at its end nothing is written over', async () => {
    await writeFile(go, '');
    await expect(datalad.dialog).toContainText('slow.ipynb Was Changed While It Was Executed', { timeout: 60_000 });
    await expect(datalad.dialog).toContainText('slow.executed.ipynb');
    await page.screenshot({ path: test.info().outputPath('changed.png') });
    await datalad.dialog.getByRole('radio', { name: /^Keep what it wrote/u }).check();
    await datalad.accept();
    await expect(cells.nth(3)).toContainText('notes of an afternoon');
    expect(await readFile(join(study, 'slow.ipynb'), 'utf8')).toContain('notes of an afternoon');
    expect(await readFile(join(study, 'slow.executed.ipynb'), 'utf8')).toContain('42\\n');
    expect(await terminal.git('log', '-1', '--format=%s')).toBe('Changes of slow.ipynb');
    await expect(page.locator('.Toastify__toast').filter({ hasText: 'is being executed' })).toHaveCount(0);
  });
});

test('what was executed is recorded after the page was loaded again, and what was not to its end is discarded by itself', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  test.setTimeout(150_000);
  const [study, go] = [join(workspace, 'study'), join(workspace, 'go')];
  const sources = [
    "import os, time\nwith open('second.txt' if os.path.exists('first.txt') else 'first.txt', 'w') as file: print('made', file=file)",
    "while not os.path.exists('../go'): time.sleep(0.05)",
    "assert open('../go').read() == 'on', 'no good'"
  ];
  await writeFile(join(study, 'slow.ipynb'), makeNotebook(...sources));
  await terminal.run('datalad', ['save', '-m', 'Slow', 'slow.ipynb'], 'study');
  await datalad.openFolder('study');
  await datalad.openPanel('Commands');
  const isSecond = (): boolean => existsSync(join(study, 'second.txt'));
  const run = async (): Promise<void> => {
    await datalad.dialog.locator('button.jp-mod-accept').click();
    await expect(datalad.panel).toContainText('33 %', { timeout: 60_000 });
  };

  await test.step('the page is loaded again while it is executed, and its end recorded from the list', async () => {
    await datalad.choose('slow.ipynb', 'Run & Record…');
    await run();
    await page.reload();
    await datalad.openPanel('Commands');
    await expect(datalad.panel).toContainText('33 %');
    await writeFile(go, 'on');
    const entry = datalad.section('Commands').getByRole('listitem').filter({ hasText: 'slow.ipynb' }).first();
    await expect(entry).toHaveAttribute('data-state', 'ok', { timeout: 60_000 });
    await entry
      .getByRole('button', { name: /slow\.ipynb/u })
      .first()
      .click();
    await entry.getByRole('button', { name: 'Record what it did…' }).click();
    await expect(datalad.dialog).toContainText('Record What slow.ipynb Did?');
    await page.screenshot({ path: test.info().outputPath('later.png') });
    await datalad.accept();
    await expect
      .poll(() => terminal.git('log', '-1', '--format=%s'), { timeout: 60_000 })
      .toBe('[DATALAD RUNCMD] Run slow.ipynb');
    await expect(entry.getByRole('button', { name: 'Record what it did…' })).toHaveCount(0);
  });

  await test.step('of one that was cancelled what it wrote is discarded, and no other change', async () => {
    await rm(go);
    await datalad.choose('slow.ipynb', 'Run & Record…');
    await run();
    await expect.poll(isSecond).toBe(true);
    await datalad.panel
      .getByRole('button', { name: /^Cancel/u })
      .first()
      .click();
    const entry = datalad.section('Commands').getByRole('listitem').filter({ hasText: 'slow.ipynb' }).first();
    await expect(entry).toHaveAttribute('data-state', 'cancelled', { timeout: 60_000 });
    await entry
      .getByRole('button', { name: /slow\.ipynb/u })
      .first()
      .click();
    await entry.getByRole('button', { name: 'Discard what it changed…' }).click();
    await expect(datalad.dialog).toContainText('second.txt');
    await expect(datalad.dialog).not.toContainText('ideas.md');
    await page.screenshot({ path: test.info().outputPath('cancelled.png') });
    await datalad.accept();
    await expect.poll(isSecond).toBe(false);
    expect(existsSync(join(study, 'ideas.md'))).toBe(true);
  });

  await test.step('of a cell that fails the error is shown, and what was written until then is discarded', async () => {
    await datalad.section('Commands').getByRole('button', { name: 'Run again…' }).click();
    await run();
    await writeFile(go, 'off');
    await expect(datalad.dialog).toContainText('Cell 3 of slow.ipynb Failed', { timeout: 60_000 });
    await expect(datalad.dialog.getByRole('region', { name: 'The error' })).toContainText('AssertionError: no good');
    await datalad.dialog.getByRole('radio', { name: 'Discard what it wrote…' }).check();
    await datalad.accept();
    await expect(datalad.dialog).toContainText('second.txt');
    await expect(datalad.dialog).not.toContainText('ideas.md');
    await datalad.accept();
    await expect.poll(isSecond).toBe(false);
  });
});
