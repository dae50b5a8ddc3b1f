import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { DataladPage } from '../support/dataladPage';
import { removeFolder } from '../support/template';
import { processesWith } from '../support/terminal';

const MOVIE = 'movie with spaces – é.mp4';

test('a killed server comes back, a deleted dataset is told', async ({ datalad, jupyter, tmpPath, workspace }) => {
  await datalad.openFolder('study');
  await datalad.openPanel('Changes');
  await datalad.expectHere('no', MOVIE);

  await test.step('the server is killed: the next thing asked starts another', async () => {
    const servers = await processesWith(`--root\0${jupyter.root}\0`);
    expect(servers).toHaveLength(1);
    process.kill(servers[0]!, 'SIGKILL');
    // Where the panel says that the server is gone, it offers the same once more.
    await datalad.panel.getByRole('button', { name: 'Refresh' }).first().click();
    await expect(datalad.saveButton).toHaveText('Save 4 files');
    const bold = `${tmpPath}/study/data/sub-05/bold.nii.gz`;
    await expect.poll(async () => (await datalad.execute('datalad:get', { paths: [bold] })).status).toBe('ok');
    await datalad.goTo(`${tmpPath}/study/data/sub-05`);
    await datalad.expectHere('yes', 'bold.nii.gz');
    await datalad.goTo(`${tmpPath}/study`);
  });

  await test.step('the dataset is deleted under the open panel', async () => {
    await datalad.goTo(`${tmpPath}/study/stimuli`);
    await expect(datalad.panel.getByRole('heading', { name: 'stimuli' })).toBeVisible();
    await rename(join(workspace, 'study'), join(workspace, 'gone'));
    await removeFolder(join(workspace, 'gone'));
    await expect(datalad.panel.getByText(/is no longer there|is an ordinary folder/).first()).toBeVisible();
  });

  await test.step('and the panel goes on elsewhere', async () => {
    await datalad.goTo(`${tmpPath}/notes`);
    await expect(datalad.panel.getByRole('heading', { name: 'No dataset here' })).toBeVisible();
    await expect(datalad.panel.getByRole('button', { name: 'Create a dataset here' })).toBeVisible();
  });
});

// Chromium under test takes all of them for visible, as six windows of a user are: the hardest case for the browser's connections.
test('six tabs work at the same time', async ({ datalad, baseURL, page, tmpPath }) => {
  test.setTimeout(180_000);
  await datalad.openFolder('study');
  const tabs: DataladPage[] = [datalad];
  for (let number = 2; number <= 6; number++) {
    const tab = new DataladPage(await page.context().newPage());
    await tab.page.goto(`${baseURL}/lab/tree/${tmpPath}/study`);
    tabs.push(tab);
    // JupyterLab goes on to a workspace of its own for each tab.
    await expect(tab.row(MOVIE)).toHaveAttribute('data-datalad-here', 'no', { timeout: 60_000 });
  }
  await test.step('a get in the last shows in all', async () => {
    await tabs.at(-1)!.choose(MOVIE, /^Get/);
    for (const tab of tabs) {
      await expect(tab.row(MOVIE)).toHaveAttribute('data-datalad-here', 'yes', { timeout: 15_000 });
    }
  });
  await test.step('the first one, which reads the events, is closed: the others still hear of changes', async () => {
    const [last] = tabs.slice(-1);
    await page.goto('about:blank');
    expect((await last!.execute('datalad:drop', { paths: [`${tmpPath}/study/${MOVIE}`] })).status).toBe('ok');
    for (const tab of tabs.slice(1)) {
      await expect(tab.row(MOVIE)).toHaveAttribute('data-datalad-here', 'no', { timeout: 15_000 });
    }
  });
  await Promise.all(tabs.slice(1).map(tab => tab.page.close()));
});
