import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/fixtures';

test('a command is recorded, and its record is one that DataLad reads', async ({ datalad, page, terminal, tmpPath }) => {
  await datalad.openFolder('study');
  await datalad.openPanel();
  await terminal.run('datalad', ['save', '-m', 'All'], 'study');
  const asked = datalad.execute('datalad:run', {
    dataset: `${tmpPath}/study`,
    command: 'wc -l < {inputs} > {outputs}',
    message: 'Count lines',
    inputs: ['README.md'],
    outputs: ['lines.txt']
  });
  await expect(datalad.dialog.getByRole('group', { name: 'Command line' })).toContainText(
    "datalad run -m 'Count lines' -i README.md -o lines.txt 'wc -l < {inputs} > {outputs}'"
  );
  await expect(datalad.dialog.getByRole('list', { name: 'Files that are inputs' })).toHaveText('README.md is there');
  await expect(datalad.dialog.getByRole('list', { name: 'Files that are outputs' })).toHaveText('lines.txt is not there yet');
  expect((await new AxeBuilder({ page }).include('.jp-Dialog').analyze()).violations).toEqual([]);
  await datalad.dialog.getByRole('button', { name: 'Run', exact: true }).click();
  expect((await asked).status).toBe('ok');
  const head = await terminal.git('rev-parse', 'HEAD');
  expect(await terminal.git('log', '-1', '--format=%s')).toBe('[DATALAD RUNCMD] Count lines');
  await expect(datalad.panel.getByRole('group', { name: `Commit ${head.slice(0, 7)}` })).toContainText('Count lines');
  const report = JSON.parse(await terminal.run('datalad', ['-f', 'json', 'rerun', '--report'], 'study')) as { run_info: unknown };
  expect(report.run_info).toMatchObject({
    cmd: 'wc -l < {inputs} > {outputs}',
    inputs: ['README.md'],
    outputs: ['lines.txt'],
    pwd: '.',
    exit: 0
  });
});
