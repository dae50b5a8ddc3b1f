import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

/** What is done beside JupyterLab shall be seen within about a second; the limit is wide, since test machines are slow. */
const LIMIT = 5_000;

test('what happens in a terminal appears on the rows', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const folder = 'data/sub-01';
  const file = `${folder}/bold.nii.gz`;
  await datalad.goTo(`${tmpPath}/study/${folder}`);
  await datalad.expectHere('yes', 'bold.nii.gz');
  await datalad.openPanel();
  const row = datalad.row('bold.nii.gz');

  const appears = async (
    what: string,
    action: () => Promise<unknown>,
    seen: () => Promise<string | null>,
    value: string | null
  ) => {
    await test.step(what, async () => {
      await action();
      const start = Date.now();
      await expect.poll(seen, { timeout: LIMIT, intervals: [50] }).toBe(value);
      const milliseconds = `${Date.now() - start} ms`;
      test.info().annotations.push({ type: what, description: milliseconds });
      console.log(`${what}: seen after ${milliseconds}`);
    });
  };
  const here = (): Promise<string | null> => row.getAttribute('data-datalad-here');

  await appears('git annex drop', () => terminal.annex('drop', file), here, 'no');
  await appears('git annex get', () => terminal.annex('get', file), here, 'yes');
  await datalad.goTo(`${tmpPath}/study`);
  const change = (name: string) => () => datalad.row(name).getAttribute('data-datalad-change');
  await expect(datalad.row('README.md')).toHaveAttribute('data-datalad-state', 'ready');
  const readme = join(workspace, 'study', 'README.md');
  await appears('an edit', () => appendFile(readme, 'More.\n'), change('README.md'), 'modified');
  await appears('a commit', () => terminal.git('commit', '-q', '-m', 'More', 'README.md'), change('README.md'), null);
  await appears(
    'a new file',
    () => appendFile(join(workspace, 'study', 'fresh.txt'), 'New.\n'),
    async () => {
      await datalad.execute('filebrowser:refresh');
      return (await datalad.row('fresh.txt').count()) === 0 ? null : datalad.row('fresh.txt').getAttribute('data-datalad-change');
    },
    'new'
  );
  await appears(
    'the number of unsaved files in the panel',
    () => terminal.git('commit', '-q', '-m', 'Notes', 'notes.txt'),
    async () => String(await page.getByRole('link', { name: '4 unsaved' }).count()),
    '1'
  );
});
