import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

test('the panel saves what is ticked, in one commit', async ({ datalad, terminal }) => {
  const before = await terminal.git('rev-parse', 'HEAD');
  await datalad.openFolder('study');
  await datalad.openPanel('Changes');
  const changes = datalad.section('Changes');

  await test.step('all changes are listed and ticked', async () => {
    for (const name of ['figures/draft.png', 'figures/new-figure.svg', 'ideas.md', 'notes.txt']) {
      await expect(changes.getByRole('checkbox', { name, exact: true })).toBeChecked();
    }
    await expect(datalad.saveButton).toHaveText('Save 4 files');
    await expect(datalad.saveButton).toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('two of them, by the button', async () => {
    await changes.getByRole('checkbox', { name: 'figures/draft.png' }).uncheck();
    await changes.getByRole('checkbox', { name: 'notes.txt' }).uncheck();
    await datalad.message.fill('Two ideas');
    await expect(datalad.saveButton).toHaveText('Save 2 files');
    await datalad.saveButton.click();
    await expect(changes.getByRole('checkbox', { name: 'ideas.md' })).toHaveCount(0);
    await expect(datalad.message).toHaveValue('');
    expect(await terminal.git('log', '--format=%s', `${before}..`)).toBe('Two ideas');
    expect(await terminal.git('diff', '--name-only', before, 'HEAD')).toBe('figures/new-figure.svg\nideas.md');
    await expect(datalad.row('ideas.md')).not.toHaveAttribute('data-datalad-change', /.*/);
  });

  await test.step('the rest, by the keyboard', async () => {
    await changes.getByRole('checkbox', { name: /ticked/ }).check();
    await datalad.message.fill('The rest\n\nSaid in two lines.');
    await datalad.message.press('ControlOrMeta+Enter');
    await expect(changes).toContainText('Everything saved');
    expect(await terminal.git('log', '-1', '--format=%B')).toBe('The rest\n\nSaid in two lines.\n');
    expect(await terminal.git('rev-list', '--count', `${before}..`)).toBe('2');
    expect(await terminal.git('status', '--porcelain')).toBe('');
    expect(await terminal.git('log', '-1', '--format=%an <%ae>')).toBe('Ada <ada@example.org>');
  });
});

test('a missing identity is asked for before anything is saved', async ({ datalad, jupyter, terminal, tmpPath }) => {
  const config = join(jupyter.home, '.gitconfig');
  await rename(config, `${config}.aside`);
  try {
    const before = await terminal.git('rev-parse', 'HEAD');
    const saving = datalad.execute('datalad:save', { dataset: `${tmpPath}/study`, message: 'By whom?' });
    await expect(datalad.dialog).toContainText('Who Makes These Changes?');
    await test.step('cancelled, nothing happens', async () => {
      await datalad.decline();
      expect((await saving).status).toBe('cancelled');
      expect(await terminal.git('rev-parse', 'HEAD')).toBe(before);
    });
    await test.step('answered, the commit is theirs', async () => {
      const again = datalad.execute('datalad:save', { dataset: `${tmpPath}/study`, message: 'By Grace' });
      await datalad.dialog.getByRole('textbox', { name: 'Name' }).fill('Grace');
      await datalad.dialog.getByRole('textbox', { name: 'E-mail' }).fill('grace@example.org');
      await datalad.dialog.getByRole('checkbox', { name: 'For this dataset only' }).check();
      await datalad.accept();
      const outcome = await again;
      expect(outcome.status).toBe('ok');
      expect(outcome.results.map(({ action }) => action)).toContain('save');
      expect(await terminal.git('log', '-1', '--format=%s by %an <%ae>')).toBe('By Grace by Grace <grace@example.org>');
    });
  } finally {
    await rename(`${config}.aside`, config);
  }
});

test('open documents with unsaved changes are saved first', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  await writeFile(join(workspace, 'study', 'plan.txt'), 'First.\n');
  await datalad.openFolder('study');
  await datalad.row('plan.txt').dblclick();
  const editor = page.getByRole('main').getByRole('textbox');
  await expect(editor).toContainText('First.');
  await editor.press('Control+End');
  await editor.pressSequentially('Second.');
  const saving = datalad.execute('datalad:save', { paths: [`${tmpPath}/study/plan.txt`], message: 'The plan' });
  await expect(datalad.dialog).toContainText('plan.txt has changes that are not on disk yet.');
  await datalad.dialog.getByRole('button', { name: 'Save Documents' }).click();
  expect((await saving).status).toBe('ok');
  expect(await terminal.git('show', 'HEAD:plan.txt')).toBe('First.\nSecond.');
  expect(await terminal.git('show', '--name-only', '--format=%s', 'HEAD')).toBe('The plan\n\nplan.txt');
  await expect(editor).toContainText('Second.');
});

test('with all ticked, the panel saves what it lists and the open documents, and nothing that came since', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  await datalad.openFolder('study');
  await datalad.openPanel('Changes');
  await datalad.row('README.md').dblclick();
  const editor = page.getByRole('main').getByRole('textbox');
  await expect(editor).toContainText('Demo study');
  await editor.press('Control+End');
  await editor.pressSequentially('Typed.');
  await datalad.message.fill('All of it');
  await datalad.saveButton.click();
  await expect(datalad.dialog).toContainText('README.md has changes that are not on disk yet.');
  await writeFile(join(workspace, 'study', 'code', 'late.txt'), 'Nobody has seen this.\n');
  await datalad.dialog.getByRole('button', { name: 'Save Documents' }).click();
  await expect(datalad.message).toHaveValue('');
  expect((await terminal.git('show', '--name-only', '--format=%s', 'HEAD')).split('\n')).toEqual([
    'All of it',
    '',
    'README.md',
    'figures/draft.png',
    'figures/new-figure.svg',
    'ideas.md',
    'notes.txt'
  ]);
  // JupyterLab made a copy of the document when it saved it: that is nothing to keep, either.
  expect(await terminal.git('status', '--porcelain')).toBe('?? .ipynb_checkpoints/\n?? code/late.txt');
});
