import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

test('a dataset with settings of its own is looked at, asked about, and only then worked in', async ({
  datalad,
  terminal,
  tmpPath,
  workspace,
  page
}) => {
  const mark = join(workspace, 'mark');
  const hook = join(workspace, 'study/.git/hooks/post-index-change');
  await writeFile(mark, '');
  await writeFile(hook, `#!/bin/sh\necho hook >> ${mark}\n`);
  await chmod(hook, 0o755);
  await terminal.git('config', 'core.fsmonitor', `/bin/sh -c "echo fsmonitor\u202e >> ${mark}; exit 1"`);
  await writeFile(mark, '');
  const ran = (): Promise<string> => readFile(mark, 'utf8');

  await test.step('it is browsed, and nothing of it runs', async () => {
    await datalad.openFolder('study/data');
    await datalad.openPanel('Changes', 'Data');
    await datalad.goTo(`${tmpPath}/study`);
    await expect(datalad.row('data')).toHaveAttribute('data-datalad-state', 'untrusted');
    await expect(datalad.row('data')).toHaveAttribute('data-datalad-kind', 'directory');
    await expect(datalad.nameOf('data')).toHaveAttribute('aria-description', /dataset not trusted/);
    await expect(datalad.panel.getByText('Not trusted: browsing only.')).toBeVisible();
    await datalad.execute('datalad:refresh');
    expect(await ran()).toBe('');
  });

  await test.step('a command asks first, and Enter does not trust', async () => {
    const outcome = datalad.execute('datalad:unlock', { dataset: `${tmpPath}/study` });
    await expect(datalad.dialog).toContainText('core.fsmonitor = ');
    await expect(datalad.dialog).toContainText('\\u202e');
    await expect(datalad.dialog).toContainText('.git/hooks/post-index-change');
    // The text is there a moment before the keys are.
    await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    expect(await outcome).toMatchObject({ status: 'cancelled', jobs: [] });
    expect(await ran()).toBe('');
  });

  await test.step('trust is given, holds, and is taken back', async () => {
    await datalad.panel.getByRole('button', { name: 'Trust…' }).click();
    await datalad.dialog.getByRole('button', { name: 'Trust', exact: true }).click();
    await expect(datalad.row('data')).toHaveAttribute('data-datalad-state', 'ready');
    await expect(datalad.panel.getByText('Not trusted: browsing only.')).toHaveCount(0);
    expect(await ran()).toBe('');
    expect(await datalad.execute('datalad:untrust', { dataset: `${tmpPath}/study` })).toMatchObject({ status: 'ok' });
    await expect(datalad.row('data')).toHaveAttribute('data-datalad-state', 'untrusted');
  });

  await test.step('it was alive', async () => {
    await terminal.git('status');
    expect(await ran()).toContain('fsmonitor');
  });
});
