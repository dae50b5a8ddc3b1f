import AxeBuilder from '@axe-core/playwright';
import { createHash } from 'node:crypto';
import { readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { makeNotebook } from '../support/notebooks';

const MOVIE = 'movie with spaces – é.mp4';
const SOURCES = ['factor = 2\nfactor', "open('made.txt', 'w').write(str(factor))\nfactor * 3", 'factor = 7\nfactor'];

test('the cells up to the selected one are recorded, and it is told that they show something else than in the notebook', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  test.setTimeout(180_000);
  const study = join(workspace, 'study');
  await writeFile(join(study, 'work.ipynb'), makeNotebook(...SOURCES));
  await terminal.run('datalad', ['save', '-m', 'Work', 'work.ipynb'], 'study');
  await datalad.openFolder('study');
  await datalad.row('work.ipynb').dblclick();
  const cells = page.locator('.jp-NotebookPanel:visible .jp-CodeCell');
  await expect(cells).toHaveCount(SOURCES.length);
  await expect(page.getByText('Python 3 (ipykernel) | Idle')).toBeVisible({ timeout: 30_000 });

  await test.step('the second cell was run after the third', async () => {
    for (const [at, shown] of [
      [0, '2'],
      [2, '7'],
      [1, '21']
    ] as const) {
      await cells.nth(at).locator('.cm-content').click();
      await page.keyboard.press('Control+Enter');
      await expect(cells.nth(at).locator('.jp-OutputArea-output')).toHaveText(shown, { timeout: 30_000 });
    }
  });

  await test.step('a form has the name of the step and the command', async () => {
    await cells.nth(1).click({ button: 'right' });
    await datalad.menuEntry('Record up to the Selected Cells…').click();
    await datalad.dialog.getByRole('button', { name: 'Save Documents' }).click();
    await expect(datalad.dialog).toContainText('Record work.ipynb up to Cell 2');
    await expect(datalad.dialog.getByRole('textbox', { name: 'Name of the step' })).toHaveValue('work.step.ipynb');
    await expect(datalad.dialog.getByRole('group', { name: 'Command' })).toContainText('--inplace work.step.ipynb');
    expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
    await datalad.dialog.getByRole('textbox', { name: 'Name of the step' }).fill('work.ipynb');
    await expect(datalad.dialog).toContainText('There is something of this name in the folder already.');
    await expect(datalad.dialog.locator('button.jp-mod-accept')).toBeDisabled();
    await datalad.dialog.getByRole('textbox', { name: 'Name of the step' }).fill('work.step.ipynb');
    await datalad.dialog.locator('button.jp-mod-accept').click();
  });

  await test.step('before anything is recorded it is told what differs', async () => {
    const compared = datalad.dialog.getByRole('group', { name: 'Compared with work.ipynb' });
    await expect(compared).toContainText('Cell 2 showed something else.', { timeout: 90_000 });
    await compared.getByText('Cell 2:').click();
    await expect(compared.locator('pre')).toHaveText(['21', '6']);
    expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
    expect(await terminal.git('log', '-1', '--format=%s')).toBe('The first 2 cells of work.ipynb');
    await page.screenshot({ path: test.info().outputPath('compared.png') });
    await datalad.accept();
  });

  await test.step('the step is in a commit with its record', async () => {
    await expect
      .poll(() => terminal.git('log', '-1', '--format=%s'), { timeout: 60_000 })
      .toBe('[DATALAD RUNCMD] Run work.ipynb up to cell 2');
    expect(await terminal.git('show', '--name-only', '--format=', 'HEAD')).toBe('made.txt\nwork.step.ipynb');
    const step = JSON.parse(await readFile(join(study, 'work.step.ipynb'), 'utf8')) as {
      cells: { id: string; source: string[] }[];
    };
    expect(step.cells.map(({ id, source }) => [id, source.join('')])).toEqual([
      ['cell-0', SOURCES[0]],
      ['cell-1', SOURCES[1]]
    ]);
    expect(await readFile(join(study, 'work.ipynb'), 'utf8')).toContain('factor = 7');
  });

  await test.step('another time it is replaced where that is ticked', async () => {
    const head = await terminal.git('rev-parse', 'HEAD');
    await expect(datalad.row('work.step.ipynb')).toHaveAttribute('data-datalad-state', 'ready');
    await expect(datalad.row('work.step.ipynb')).not.toHaveAttribute('data-datalad-change', /./u);
    await cells.nth(1).click({ button: 'right' });
    await datalad.menuEntry('Record up to the Selected Cells…').click();
    const name = datalad.dialog.getByRole('textbox', { name: 'Name of the step' });
    await expect(name).toHaveValue('work.step-2.ipynb');
    await datalad.dialog.getByRole('checkbox', { name: /^Replace work.step.ipynb/u }).check();
    await expect(name).toHaveValue('work.step.ipynb');
    await page.screenshot({ path: test.info().outputPath('replace.png') });
    await datalad.dialog.locator('button.jp-mod-accept').click();
    await expect(datalad.dialog).toContainText('Cell 2 showed something else.', { timeout: 90_000 });
    await datalad.accept();
    await expect.poll(() => terminal.git('log', '--format=%s', `${head}..HEAD`), { timeout: 60_000 }).toContain('RUNCMD');
    expect(await terminal.git('show', '--name-only', '--format=', 'HEAD')).toBe('work.step.ipynb');
  });

  await test.step('replayed by plain DataLad nothing differs', async () => {
    const head = await terminal.git('rev-parse', 'HEAD');
    await terminal.git('stash', '--include-untracked');
    await terminal.run('datalad', ['rerun'], 'study');
    expect(await terminal.git('rev-parse', 'HEAD')).toBe(head);
  });
});

test('a notebook for which it is switched on gets its files when it is opened', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  test.setTimeout(120_000);
  const study = join(workspace, 'study');
  await writeFile(join(study, 'reads.ipynb'), makeNotebook(`len(open('${MOVIE}', 'rb').read())`));
  await datalad.openFolder('study');
  const state = page.locator('.jp-NotebookPanel:visible').getByRole('button', { name: /^Not recorded/u });
  const open = async (): Promise<void> => {
    await datalad.row('reads.ipynb').dblclick();
    await expect(state).toBeVisible({ timeout: 30_000 });
  };
  const close = async (): Promise<void> => {
    await datalad.execute('application:close');
    // JupyterLab notes the version of the kernel's language in the document.
    await datalad.dialog.getByRole('button', { name: 'Discard' }).click();
    await expect(state).toHaveCount(0);
  };

  await test.step('at first opening it gets nothing', async () => {
    await open();
    await state.click();
    await expect(datalad.menuEntry('Get Files on Open')).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('menu.png') });
    expect(await terminal.annex('find', '--in=here', MOVIE)).toBe('');
  });

  await test.step('once it was switched on, it gets what its source names, and says so', async () => {
    await datalad.menuEntry('Get Files on Open').click();
    await close();
    await open();
    await expect(page.getByText(`${MOVIE} is here now: reads.ipynb names it.`)).toBeVisible({ timeout: 30_000 });
    expect(await terminal.annex('find', '--in=here', MOVIE)).toBe(MOVIE);
    const content = createHash('md5').update(await readFile(join(study, MOVIE)));
    expect(await readlink(join(study, MOVIE))).toContain(`--${content.digest('hex')}.mp4`);
    await state.click();
    await expect(page.getByRole('menuitemcheckbox', { name: 'Get Files on Open', checked: true })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('got.png') });
    await page.keyboard.press('Escape');
    expect(await readFile(join(study, 'reads.ipynb'), 'utf8')).toBe(makeNotebook(`len(open('${MOVIE}', 'rb').read())`));
  });
});
