import { appendFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

const MOVIE = 'movie with spaces – é.mp4';

test('the panel stands on a dataset with a damaged index and a broken .gitmodules', async ({
  datalad,
  terminal,
  tmpPath,
  workspace
}) => {
  const git = join(workspace, 'study/.git');
  await writeFile(join(git, 'index'), 'garbage');
  await appendFile(join(workspace, 'study/.gitmodules'), '[submodule "other"\n');
  await datalad.openFolder('study');
  await datalad.openPanel('Changes');

  await test.step('what can be read is shown, the rest says why it is not', async () => {
    await expect(datalad.panel.getByRole('heading', { name: 'study' })).toBeVisible();
    await expect(datalad.panel.getByText('Git’s list of files is damaged.')).toBeVisible();
    await expect(datalad.panel.getByText(/^Not shown: changes/)).toBeVisible();
    await expect(datalad.panel.getByText('changes not read')).toBeVisible();
    await datalad.expectHere('no', MOVIE);
    await expect(datalad.row(MOVIE)).toHaveAttribute('data-datalad-state', 'error');
  });

  await test.step('once the index is made anew, only .gitmodules is in the way', async () => {
    await rename(join(git, 'index'), join(git, 'index.damaged'));
    await terminal.git('reset', '--quiet');
    await datalad.panel.getByRole('button', { name: 'Look Again' }).click();
    await expect(datalad.panel.getByText('Git’s list of files is damaged.')).toBeHidden();
    await expect(datalad.row(MOVIE)).toHaveAttribute('data-datalad-state', 'ready');
    const outcome = await datalad.execute('datalad:get', { paths: [`${tmpPath}/study/${MOVIE}`] });
    expect(outcome).toMatchObject({
      status: 'error',
      failure: { kind: 'damaged-repository', parameters: { part: 'gitmodules' } }
    });
    await expect(datalad.problems.getByText('The list of subdatasets is broken.')).toBeVisible();
  });

  await test.step('and the same get works when that is mended, too', async () => {
    await terminal.git('checkout', '--', '.gitmodules');
    const outcome = await datalad.execute('datalad:get', { paths: [`${tmpPath}/study/${MOVIE}`] });
    expect(outcome.status).toBe('ok');
    await datalad.expectHere('yes', MOVIE);
  });
});
