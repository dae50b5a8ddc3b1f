import { expect, test } from '../support/fixtures';

test('opening a file that is not here offers to get it first', async ({ datalad, page, tmpPath }) => {
  await datalad.goTo(`${tmpPath}/study/data/sub-03`);

  await test.step('a double click; Cancel opens nothing', async () => {
    await datalad.row('bold.nii.gz').dblclick();
    await expect(datalad.dialog).toContainText('Get 390.6 KB from origin and open?');
    await datalad.decline();
    await expect(datalad.tab('bold.nii.gz')).toHaveCount(0);
    await datalad.expectHere('no', 'bold.nii.gz');
  });

  await test.step('Enter', async () => {
    await datalad.row('bold.nii.gz').click();
    await page.keyboard.press('Enter');
    await expect(datalad.dialog).toContainText('Get 390.6 KB from origin and open?');
    await datalad.decline();
  });

  await test.step('a picture opens with its own content', async () => {
    await datalad.goTo(`${tmpPath}/study/stimuli/faces`);
    await datalad.expectHere('no', 'face-02.png');
    await datalad.row('face-02.png').dblclick();
    await expect(datalad.dialog).toContainText('Get 78.1 KB from origin and open?');
    await datalad.accept();
    await expect(datalad.tab('face-02.png')).toBeVisible();
    await datalad.expectHere('yes', 'face-02.png');
  });
});

test('text opens with its right content, never as a pointer', async ({ datalad, page, terminal, tmpPath }) => {
  const text = 'participant,score\nsub-01,17\n';
  await test.step('a locked and an unlocked table, dropped', async () => {
    await terminal.run(
      'sh',
      ['-c', `printf '${text.replaceAll('\n', '\\n')}' | tee kept.csv > unlocked.csv; echo more >> unlocked.csv`],
      'study'
    );
    await terminal.git('annex', 'add', '--force-large', 'kept.csv', 'unlocked.csv');
    await terminal.annex('unlock', 'unlocked.csv');
    await terminal.git('commit', '-q', '-m', 'Scores');
    await terminal.git('init', '-q', '--bare', '../copy.git');
    await terminal.run('git', ['annex', 'init', '-q', 'copy'], 'copy.git');
    await terminal.git('remote', 'add', 'copy', '../copy.git');
    await terminal.annex('copy', '--to', 'copy', 'kept.csv', 'unlocked.csv');
    await terminal.annex('drop', 'kept.csv', 'unlocked.csv');
    await datalad.openFolder('study');
    await datalad.expectHere('no', 'kept.csv', 'unlocked.csv');
  });

  for (const name of ['kept.csv', 'unlocked.csv']) {
    await test.step(`${name} opens with what is in it`, async () => {
      await datalad.row(name).dblclick();
      await expect(datalad.dialog).toContainText('and open?');
      await datalad.accept();
      await expect(datalad.tab(name)).toBeVisible();
      await expect(page.getByRole('main').getByText('/annex/objects')).toHaveCount(0);
      const content = await page.evaluate(
        path => window.jupyterapp.serviceManager.contents.get(path, { content: true }).then(({ content }) => String(content)),
        `${tmpPath}/study/${name}`
      );
      expect(content).toContain(text);
    });
  }

  await test.step('after a reload a dropped tab is mentioned, in no dialog', async () => {
    await terminal.annex('drop', 'kept.csv');
    await datalad.expectHere('no', 'kept.csv');
    await page.reload();
    await expect(datalad.files).toBeVisible();
    await expect(page.getByText(/kept\.csv was open, but its content is not here/)).toBeVisible({ timeout: 30_000 });
    await expect(datalad.dialog).toHaveCount(0);
    await page.getByRole('button', { name: 'Get and Open' }).first().click();
    await datalad.expectHere('yes', 'kept.csv');
    await expect(datalad.tab('kept.csv')).toBeVisible();
  });
});
