import { access, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { originFolder } from '../support/template';
import { processesIn } from '../support/terminal';

test('an ordinary folder offers three ways to a dataset', async ({ datalad, terminal, tmpPath, workspace }) => {
  await datalad.openFolder('notes');
  await datalad.openPanel();
  await expect(datalad.panel.getByRole('heading', { name: 'No dataset here' })).toBeVisible();
  const button = (name: string | RegExp) => datalad.panel.getByRole('button', { name });

  await test.step('a clone by the dialog opens its folder', async () => {
    await button('Clone a dataset…').click();
    await datalad.dialog.getByRole('textbox', { name: 'Source: a path or URL' }).fill(join(originFolder(), 'stimuli'));
    await expect(datalad.dialog.getByRole('textbox', { name: /^Folder name/ })).toHaveValue('stimuli');
    await expect(datalad.dialog.getByRole('group', { name: 'Command' })).toContainText('datalad clone');
    await datalad.accept();
    await expect(datalad.breadcrumbs).toContainText('stimuli');
    await datalad.expectHere('no', 'faces');
    expect(await terminal.run('git', ['log', '-1', '--format=%s'], 'notes/stimuli')).toBe('Add the pictures');
  });

  await test.step('a clone that fails leaves nothing behind', async () => {
    await datalad.goTo(`${tmpPath}/notes`);
    const failed = await datalad.execute('datalad:clone', {
      source: join(workspace, 'notes'),
      path: `${tmpPath}/notes/failed`
    });
    expect(failed.status).toBe('error');
    await expect(datalad.problems).toContainText('The dataset could not be cloned.');
    await expect(access(join(workspace, 'notes', 'failed'))).rejects.toThrow();
  });

  await test.step('Create a dataset', async () => {
    await button('Create a dataset here').click();
    await datalad.dialog.getByRole('textbox', { name: /^Folder name/ }).fill('fresh');
    await datalad.dialog.getByRole('checkbox', { name: /text2git/ }).check();
    await datalad.accept();
    await expect(datalad.breadcrumbs).toContainText('fresh');
    await expect(datalad.section('Changes')).toContainText('Everything saved');
    expect(await terminal.run('git', ['status', '--porcelain'], 'notes/fresh')).toBe('');
    expect(await terminal.run('cat', ['.gitattributes'], 'notes/fresh')).toContain('annex.largefiles=');
  });

  await test.step('Try a small example', async () => {
    await datalad.goTo(`${tmpPath}/notes`);
    await button('Try a small example dataset').click();
    await expect(datalad.panel.getByRole('heading', { name: 'No dataset here' })).toHaveCount(0);
    const made = (await readdir(join(workspace, 'notes'))).filter(name => !['fresh', 'stimuli', 'todo.md'].includes(name));
    expect(made).toHaveLength(1);
    expect(await terminal.run('git', ['status', '--porcelain'], `notes/${made[0]}`)).toBe('');
    // Some of it is here, some is to be got.
    await datalad.expectHere('partly', 'data');
  });
});

test('a clone that is cancelled leaves nothing behind', async ({ datalad, tmpPath, workspace }) => {
  // A server that accepts and never answers, so that there is something to cancel.
  const asked: string[] = [];
  const silent = createServer(request => asked.push(request.url ?? ''));
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = silent.address() as AddressInfo;
    await datalad.openFolder('notes');
    await datalad.openPanel();
    const cloning = datalad.execute('datalad:clone', {
      source: `http://127.0.0.1:${port}/data`,
      path: `${tmpPath}/notes/cancelled`
    });
    await expect(datalad.progress).toHaveAccessibleName('Clone cancelled');
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    await datalad.panel.getByRole('button', { name: 'Cancel', exact: true }).click();
    expect((await cloning).status).toBe('cancelled');
    await expect(access(join(workspace, 'notes', 'cancelled'))).rejects.toThrow();
    expect(await processesIn(workspace)).toEqual([]);
  } finally {
    silent.closeAllConnections();
    await new Promise(resolve => silent.close(resolve));
  }
});
