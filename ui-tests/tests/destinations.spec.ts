import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

async function findings(page: Page, part: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test('the panel says where each file would go, and a rule keeps a large one out of Git', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  const study = join(workspace, 'study');
  await terminal.git('checkout', '-q', '--', '.');
  await writeFile(join(study, '.gitattributes'), '* annex.largefiles=nothing\n*.bin annex.largefiles=anything\n');
  await writeFile(join(study, 'film.mp4'), '');
  // Without a block on the disk.
  await truncate(join(study, 'film.mp4'), 12_000_000);
  await writeFile(join(study, 'small.bin'), 'x'.repeat(100));
  await datalad.openFolder('study');
  await datalad.openPanel('Changes');
  const changes = datalad.section('Changes');
  const box = (name: string) => changes.getByRole('checkbox', { name, exact: true });

  await test.step('with the rule that decides', async () => {
    await expect(box('film.mp4')).toHaveAccessibleDescription(
      /^new, goes into Git, by line 1 of \.gitattributes: \* annex\.largefiles=nothing, 11\.4 MB$/
    );
    await expect(box('small.bin')).toHaveAccessibleDescription(/goes into the annex, by line 2 of \.gitattributes/);
    await expect(changes.getByText('→ annex')).toBeVisible();
  });

  await test.step('warned, one click writes a rule, which is shown among the changes', async () => {
    await expect(changes.getByText(/^Would go into Git: film\.mp4 \(11\.4 MB\)$/)).toBeVisible();
    expect(await findings(page, '#datalad-panel')).toEqual([]);
    await changes.getByRole('button', { name: 'Keep *.mp4 in the annex' }).click();
    await expect(box('film.mp4')).toHaveAccessibleDescription(/goes into the annex, by line 3 of \.gitattributes/);
    await expect(changes.getByText(/^Would go into Git:/)).toHaveCount(0);
  });

  await test.step('kept in Git for one save, with a tag for the version', async () => {
    await changes.getByRole('button', { name: 'Options' }).click();
    await box('Keep in Git, not in the annex').check();
    await expect(box('small.bin')).toHaveAccessibleDescription(/goes into Git this once/);
    await box('Keep in Git, not in the annex').uncheck();
    await changes.getByRole('textbox', { name: 'Version tag' }).fill('v1.0');
    await datalad.message.fill('A film');
    await datalad.saveButton.click();
    await expect(changes).toContainText('Everything saved');
    expect(await terminal.git('log', '-1', '--format=%s', 'v1.0')).toBe('A film');
    expect(await terminal.git('cat-file', '-p', 'HEAD:film.mp4')).toContain('annex/objects');
    expect(await terminal.git('cat-file', '-p', 'HEAD:small.bin')).toContain('annex/objects');
  });

  await test.step('the next save begins with what was said before', async () => {
    await writeFile(join(study, 'ideas.md'), 'An idea more.\n');
    await expect(box('ideas.md')).toBeVisible();
    await expect(changes.getByRole('combobox', { name: 'Earlier messages' })).toBeVisible();
    await datalad.message.press('ArrowUp');
    await expect(datalad.message).toHaveValue('A film');
    await changes.getByRole('combobox', { name: 'Earlier messages' }).selectOption({ index: 2 });
    await expect(datalad.message).not.toHaveValue('A film');
    await datalad.message.fill('A film, and an idea');
    await changes.getByRole('button', { name: 'Options' }).click();
    await box('Amend the last save').check();
    await expect(changes.getByText(/^Replaces “A film” by Ada, commit/)).toBeVisible();
    expect(await findings(page, '#datalad-panel')).toEqual([]);
    await datalad.saveButton.click();
    await expect(changes).toContainText('Everything saved');
    expect(await terminal.git('log', '-1', '--format=%s')).toBe('A film, and an idea');
    expect(await terminal.git('rev-list', '--count', 'HEAD', '^HEAD~1')).toBe('1');
  });
});

test('the form of a create shows its command as it is filled, and where each set-up comes from', async ({
  datalad,
  page,
  terminal
}) => {
  await datalad.openFolder('notes');
  await datalad.openPanel();
  await datalad.panel.getByRole('button', { name: 'Create a dataset here' }).click();
  const command = datalad.dialog.getByRole('group', { name: 'Command' });
  await expect(command).toHaveText('$ datalad create …');
  await datalad.dialog.getByRole('textbox', { name: /^Folder name/ }).fill('fresh');
  await datalad.dialog.getByRole('checkbox', { name: /^yoda lays out an analysis/ }).check();
  await datalad.dialog.getByRole('textbox', { name: /^Description/ }).fill('On my desk');
  await expect(command).toHaveText(/datalad create -c yoda -D 'On my desk' \S*notes\/fresh$/);
  expect(await findings(page, '.jp-Dialog')).toEqual([]);
  await datalad.accept();
  await expect(datalad.breadcrumbs).toContainText('fresh');
  expect(await terminal.run('cat', ['code/.gitattributes'], 'notes/fresh')).toContain('annex.largefiles=nothing');
});
