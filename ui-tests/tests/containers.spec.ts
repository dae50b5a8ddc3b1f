import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { IN_IMAGE, makeImage, PLAIN } from '../../tests/support/containerImage';
import { expect, test } from '../support/fixtures';

test('containers are added, shown, got, run in, updated and removed', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const image = join(workspace, 'image.tar');
  await makeImage({ base: workspace, run: (program, args) => terminal.run(program, args) }, image);
  await datalad.openFolder('study');
  await datalad.execute('datalad:containers', { dataset: `${tmpPath}/study` });
  const view = page.getByRole('region', { name: /^Containers of/ });
  const { dialog } = datalad;
  const look = async (name: string, within: string) => {
    const { violations } = await new AxeBuilder({ page }).include(within).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
  };

  await test.step('there is none at first', async () => {
    await expect(view).toContainText('No container is registered here');
    await look('empty', '.jp-Datalad-page');
  });

  await test.step('the form tells what works here, warns, and shows its command', async () => {
    await view.getByRole('button', { name: 'Add a Container…' }).click();
    await expect(dialog.getByText('Trying what works on this machine…')).toHaveCount(0, { timeout: 60_000 });
    await expect(dialog.getByRole('combobox', { name: 'Run by' }).getByRole('option')).toHaveCount(7);
    await dialog.getByRole('textbox', { name: 'Name' }).fill('tiny');
    await dialog.getByRole('textbox', { name: 'File or address' }).fill('shub://a/b');
    await expect(dialog).toContainText('Singularity Hub is gone');
    await dialog.getByRole('textbox', { name: 'File or address' }).fill(image);
    await dialog.getByRole('textbox', { name: 'Call format' }).fill('start {img} sh -c {cmd}');
    await expect(dialog).toContainText('only “python” would be run');
    await look('first-word', '.jp-Dialog');
    const works = await working();
    if (works === null) {
      await dialog.getByRole('textbox', { name: 'Call format' }).fill(PLAIN);
    } else {
      await dialog.getByRole('combobox', { name: 'Run by' }).selectOption({ label: works });
      await expect(dialog.getByRole('textbox', { name: 'Call format' })).toHaveValue(/bwrap|proot/);
    }
    await expect(dialog.getByRole('group', { name: 'Command' })).toContainText('datalad containers-add');
    await look('form', '.jp-Dialog');
    await datalad.accept();
  });

  await test.step('it is shown with size and place, and got where it is not here', async () => {
    const item = view.getByRole('list', { name: 'Containers' }).getByRole('listitem');
    await expect(item).toContainText(/here, [\d.]+ MB/);
    expect(await terminal.run('datalad', ['containers-list'], 'study')).toContain('tiny -> .datalad/environments/tiny/image');
    await terminal.annex('drop', '--force', '-q', '.datalad/environments/tiny/image');
    await expect(item).toContainText('not here,');
    await look('list', '.jp-Datalad-page');
    const sheet = view.locator('.jp-Datalad-page');
    await sheet.evaluate(node => node.style.setProperty('width', '250px'));
    expect(await sheet.evaluate(node => node.scrollWidth - node.clientWidth)).toBe(0);
    await page.screenshot({ path: test.info().outputPath('narrow.png') });
    await sheet.evaluate(node => node.style.removeProperty('width'));
    await expect(item.getByRole('button', { name: 'Get the image of tiny' })).toBeVisible();
  });

  await test.step('an update brings another image, and keeps what is not named', async () => {
    await view.getByRole('button', { name: 'Update tiny' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Call format' })).not.toHaveValue('');
    await dialog.getByRole('textbox', { name: 'File or address' }).fill(image);
    await datalad.accept();
    await expect(view.getByRole('listitem')).toContainText(/image here, [\d.]+ MB/);
    await expect(view.getByRole('button', { name: 'Get the image of tiny' })).toHaveCount(0);
  });

  await test.step('a command runs in it, from the form', async () => {
    await terminal.run('datalad', ['save', '-m', 'All'], 'study');
    await view.getByRole('button', { name: 'Run a command in tiny' }).click();
    await expect(dialog.getByRole('combobox', { name: 'Container' })).toHaveValue('tiny');
    await dialog.getByRole('textbox', { name: 'Command' }).fill('cat /etc/made-here');
    await expect(dialog.getByRole('group', { name: 'Command line' })).toContainText('datalad containers-run -n tiny');
    await look('run', '.jp-Dialog');
    await dialog.getByRole('textbox', { name: 'Command' }).fill(`/bin/sh -c '/bin/cat "$IMAGE/etc/made-here" > inside.txt'`);
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.poll(() => terminal.git('log', '-1', '--format=%s')).toMatch(/^\[DATALAD RUNCMD\]/);
    expect(await readFile(join(workspace, 'study/inside.txt'), 'utf8')).toBe(`${IN_IMAGE}\n`);
    expect(await terminal.git('log', '-1', '--format=%b')).toContain('"extra_inputs"');
  });

  await test.step('it is removed after a question', async () => {
    await view.getByRole('button', { name: 'Remove tiny' }).click();
    await expect(dialog).toContainText('content stays in the annex');
    await look('remove', '.jp-Dialog');
    await datalad.decline();
    await expect(view.getByRole('listitem')).toHaveCount(1);
    await view.getByRole('button', { name: 'Remove tiny' }).click();
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(view).toContainText('No container is registered here');
    expect(await terminal.run('git', ['status', '--porcelain', '.datalad'], 'study')).toBe('');
  });

  /** Of the two that take an archive of a root, one that works on this machine; null: it forbids both. */
  async function working(): Promise<string | null> {
    const works = dialog.getByRole('option', { name: /^(?:Bubblewrap|PRoot).* works here/i });
    return (await works.count()) === 0 ? null : await works.first().textContent();
  }
});
