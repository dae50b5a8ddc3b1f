import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import type { DataladPage } from '../support/dataladPage';

const MOVIE = 'movie with spaces – é.mp4';

type Attributes = [kind: string, here?: string, change?: string];

/** The row has these values, and no others. */
async function expectRow(datalad: DataladPage, name: string, [kind, here, change]: Attributes): Promise<void> {
  const row = datalad.row(name);
  await expect(row).toHaveAttribute('data-datalad-state', 'ready');
  for (const [attribute, value] of Object.entries({ kind, here, change })) {
    const about = expect(row, `${name}: ${attribute}`);
    await (value === undefined
      ? about.not.toHaveAttribute(`data-datalad-${attribute}`, /.*/)
      : about.toHaveAttribute(`data-datalad-${attribute}`, value));
  }
}

async function expectRows(datalad: DataladPage, rows: Record<string, Attributes>): Promise<void> {
  for (const [name, attributes] of Object.entries(rows)) {
    await expectRow(datalad, name, attributes);
  }
}

test('rows say what each file is, whether it is here and what has changed', async ({ datalad, terminal, workspace }) => {
  const study = join(workspace, 'study');
  await test.step('a dataset with everything there can be', async () => {
    await symlink('/etc/hostname', join(study, 'outside.txt'));
    await writeFile(join(study, '.gitignore'), '*.log\n');
    await writeFile(join(study, 'run.log'), 'ignored\n');
    await writeFile(join(study, 'staged.txt'), 'added\n');
    await rm(join(study, 'figures', 'overview.png'));
    await writeFile(join(study, 'figures', 'overview.png'), 'a plain file now');
    await terminal.git('checkout', '-q', '-b', 'other');
    await writeFile(join(study, 'participants.csv'), 'participant,age\nsub-01,99\n');
    await terminal.git('commit', '-q', '-m', 'One way', 'participants.csv');
    await terminal.git('checkout', '-q', '-');
    await writeFile(join(study, 'participants.csv'), 'participant,age\nsub-01,11\n');
    await terminal.git('commit', '-q', '-m', 'Another way', 'participants.csv');
    await terminal.git('merge', '-q', 'other').catch(() => undefined);
    await terminal.git('add', 'staged.txt');
    await datalad.openFolder('study');
  });

  await test.step('at its top', () =>
    expectRows(datalad, {
      'README.md': ['git'],
      [MOVIE]: ['annex', 'no'],
      'notes.txt': ['git', undefined, 'modified'],
      'ideas.md': ['other', undefined, 'new'],
      'staged.txt': ['git', undefined, 'added'],
      'participants.csv': ['git', undefined, 'conflict'],
      'run.log': ['other'],
      'outside.txt': ['link', undefined, 'new'],
      code: ['directory'],
      data: ['directory', 'partly'],
      figures: ['directory', 'yes', 'typechange'],
      stimuli: ['dataset', 'partly'],
      recordings: ['dataset-absent', 'no']
    }));

  await test.step('in its folders', async () => {
    await datalad.openFolder('figures');
    await expectRows(datalad, {
      'draft.png': ['annex-unlocked', 'yes', 'modified'],
      'new-figure.svg': ['other', undefined, 'new']
    });
    await expect(datalad.row('overview.png')).toHaveAttribute('data-datalad-change', 'typechange');
    await expect(datalad.row('overview.png')).not.toHaveAttribute('data-datalad-kind', 'annex');
  });
});

test('sizes are true, sort and are told in words', async ({ datalad, page }) => {
  await datalad.execute('filebrowser:toggle-file-size');
  await datalad.openFolder('study/data');
  await test.step('folders and subdatasets say how much of them is here', async () => {
    await datalad.expectHere('yes', 'sub-01', 'sub-02');
    await datalad.expectHere('no', 'sub-04');
    await expect(datalad.nameOf('sub-01')).toHaveAttribute('aria-description', /^here, \d+(\.\d)? KB$/);
  });
  await datalad.openFolder('sub-03');
  await test.step('an absent and an unlocked file show the size of their content', async () => {
    await expectRows(datalad, { 'anat.nii.gz': ['annex-unlocked', 'no'], 'bold.nii.gz': ['annex', 'no'] });
    // 210,000 and 400,000 bytes; the pointer has a hundred.
    await expect(datalad.sizeOf('anat.nii.gz')).toHaveText('205.1 KB');
    await expect(datalad.sizeOf('bold.nii.gz')).toHaveText('390.6 KB');
    await expect(datalad.nameOf('anat.nii.gz')).toHaveAttribute('aria-description', 'unlocked, not here, 205.1 KB');
    await expect(datalad.nameOf('bold.nii.gz')).toHaveAttribute('aria-description', 'not here, 390.6 KB');
  });
  await test.step('and sort by it', async () => {
    const order = (): Promise<string[]> => datalad.files.locator('.jp-DirListing-itemText').allInnerTexts();
    const header = page
      .locator('.jp-DirListing-header')
      .getByText(/^(File )?Size$/)
      .filter({ visible: true });
    await header.click();
    await expect.poll(order).toEqual(['anat.nii.gz', 'bold.nii.gz']);
    await header.click();
    await expect.poll(order).toEqual(['bold.nii.gz', 'anat.nii.gz']);
  });
});

test('rows are told apart in the dark, in 250 px and in Open dialogs', async ({ datalad, page, tmpPath }) => {
  await datalad.openFolder('study');
  await datalad.expectHere('no', MOVIE);
  await page.theme.setDarkTheme();
  await page.sidebar.setWidth(250, 'left');
  await test.step('in a narrow browser nothing is cut off at its edge', async () => {
    const list = await datalad.files.boundingBox();
    const text = await datalad.nameOf(MOVIE).boundingBox();
    expect(text!.width).toBeGreaterThan(60);
    expect(text!.x + text!.width).toBeLessThanOrEqual(list!.x + list!.width + 1);
    expect(await datalad.files.evaluate(node => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(0);
  });
  await test.step('what is not here differs by more than colour', async () => {
    const sign = (name: string): Promise<string> =>
      datalad.row(name).evaluate(node =>
        [...node.querySelectorAll('*')]
          .flatMap(part => [getComputedStyle(part, '::before'), getComputedStyle(part, '::after')])
          .map(style => `${style.content} ${style.maskImage}`)
          .join(';')
      );
    expect(await sign(MOVIE)).not.toBe(await sign('README.md'));
  });
  await test.step('an Open dialog says the same', async () => {
    // It waits for an answer, so the command ends with the dialog.
    const asked = datalad.execute('workspace-ui:import');
    const list = datalad.dialog.locator('.jp-DirListing-content');
    for (const folder of [tmpPath, 'study']) {
      await datalad.row(folder, list).dblclick();
    }
    await expect(datalad.row('data', list)).toHaveAttribute('data-datalad-here', 'partly');
    await expect(datalad.nameOf('data', list)).toHaveAttribute('aria-description', /partly here/);
    await datalad.decline();
    await asked;
  });
});
