import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

test('shows what is here and gets what is not @smoke', async ({ datalad, workspace }) => {
  const movie = 'movie with spaces – é.mp4';
  await datalad.openFolder('study');

  await test.step('rows say what they are, how large, and whether they are here', async () => {
    await expect(datalad.row(movie)).toHaveAttribute('data-datalad-kind', 'annex');
    await datalad.expectHere('no', movie);
    await expect(datalad.nameOf(movie)).toHaveAttribute('aria-description', /not here, 4\.8 MB/);
    await expect(datalad.row('README.md')).toHaveAttribute('data-datalad-kind', 'git');
    await expect(datalad.row('notes.txt')).toHaveAttribute('data-datalad-change', 'modified');
    await expect(datalad.row('ideas.md')).toHaveAttribute('data-datalad-change', 'new');
    await expect(datalad.row('stimuli')).toHaveAttribute('data-datalad-kind', 'dataset');
    await expect(datalad.row('recordings')).toHaveAttribute('data-datalad-kind', 'dataset-absent');
    await datalad.expectHere('partly', 'data', 'stimuli');
  });

  await test.step('a get brings the content', async () => {
    await datalad.choose(movie, 'Get, 4.8 MB');
    await datalad.expectHere('yes', movie);
    // Through the link: the content itself.
    expect((await stat(join(workspace, 'study', movie))).size).toBe(5_000_000);
  });

  await test.step('opening a file that is not here offers to get it first', async () => {
    await datalad.openFolder('stimuli/faces');
    await datalad.expectHere('no', 'face-02.png');
    await datalad.row('face-02.png').dblclick();
    await expect(datalad.dialog).toContainText('78.1 KB');
    await datalad.accept();
    await datalad.expectHere('yes', 'face-02.png');
  });
});

test('leaves rows outside datasets alone', async ({ datalad, page }) => {
  await expect(datalad.row('study')).toHaveAttribute('data-datalad-kind', 'dataset');
  await expect(datalad.row('notes')).toBeVisible();
  await expect(datalad.row('notes')).not.toHaveAttribute('data-datalad-state', /.*/);
  await datalad.openFolder('notes');
  await expect(page.getByText('todo.md')).toBeVisible();
  await expect(datalad.row('todo.md')).not.toHaveAttribute('data-datalad-state', /.*/);
});
