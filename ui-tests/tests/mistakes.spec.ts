import AxeBuilder from '@axe-core/playwright';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

test('what a learner gets wrong is explained, and a button cures it', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const study = join(workspace, 'study');
  const changes = datalad.section('Changes');
  const cure = (name: string) => datalad.problems.getByRole('button', { name });
  const dismiss = async () => {
    await datalad.problems.getByRole('button', { name: 'Dismiss' }).first().click();
    await expect(datalad.problems).toHaveCount(0);
  };
  await datalad.openFolder('study');
  await datalad.openPanel('Changes');

  await test.step('a drop of what was edited: it is saved, and the drop is tried again', async () => {
    await datalad.execute('datalad:drop', { paths: [`${tmpPath}/study/figures/draft.png`], dataset: `${tmpPath}/study` });
    await expect(datalad.problems).toContainText('figures/draft.png is modified and stays here.');
    await expect(datalad.problems.getByText('cannot drop modified content, save first')).toBeHidden();
    await datalad.problems.getByText('What DataLad said').click();
    await expect(datalad.problems.getByText('cannot drop modified content, save first')).toBeVisible();
    expect((await new AxeBuilder({ page }).include('#datalad-panel').analyze()).violations).toEqual([]);
    await cure('Save, then try again…').click();
    await datalad.dialog.getByRole('textbox', { name: 'Message' }).fill('A better draft');
    await datalad.accept();
    // Saved it is, but nobody else has it yet.
    await expect(datalad.problems).toContainText('figures/draft.png stays here.');
    expect(await terminal.git('log', '-1', '--format=%s', '--', 'figures/draft.png')).toBe('A better draft');
    await dismiss();
  });

  await test.step('an unlock of what is not here: it is got, and then unlocked', async () => {
    const paths = [`${tmpPath}/study/data/sub-04/anat.nii.gz`];
    await datalad.execute('datalad:unlock', { paths, dataset: `${tmpPath}/study` });
    await expect(datalad.problems).toContainText('The content of data/sub-04/anat.nii.gz is not here: get it.');
    await cure('Get').click();
    await expect(datalad.problems).toHaveCount(0);
    await expect.poll(() => terminal.git('status', '--porcelain', 'data')).toBe('T  data/sub-04/anat.nii.gz');
    await datalad.execute('datalad:lock', { paths, dataset: `${tmpPath}/study` });
  });

  await test.step('a get of what no place in reach has: where it is known to be', async () => {
    const url = await terminal.git('config', 'remote.origin.url');
    await terminal.git('config', 'remote.origin.url', join(workspace, 'moved-away'));
    const paths = [`${tmpPath}/study/data/sub-05/anat.nii.gz`];
    await datalad.execute('datalad:get', { paths, dataset: `${tmpPath}/study` });
    await expect(datalad.problems).toContainText('data/sub-05/anat.nii.gz could not be got from anywhere.');
    await expect(datalad.problems).toContainText('Known to be at: origin');
    await terminal.git('config', 'remote.origin.url', url);
    await cure('Try again').click();
    await expect(datalad.problems).toHaveCount(0);
    expect(await terminal.annex('find', '--in', 'here', 'data/sub-05/anat.nii.gz')).toBe('data/sub-05/anat.nii.gz');
  });

  await test.step('a save without what is in subdatasets: one click saves that, too', async () => {
    await writeFile(join(study, 'stimuli/new.txt'), 'One more file.\n');
    // Folders of subdatasets that are not shown are not watched.
    await datalad.execute('datalad:refresh');
    await expect(changes.getByRole('checkbox', { name: 'Save in subdatasets, too' })).not.toBeChecked();
    await changes.getByRole('button', { name: 'Changes inside stimuli' }).click();
    await expect(changes.getByText('Stays behind:')).toBeVisible();
    await expect(changes.getByRole('button', { name: 'Actions for stimuli/new.txt' })).toHaveCount(1);
    await expect(changes.getByText(/^stimuli\/new\.txt, new, goes into .+, 15 B$/)).toHaveCount(1);
    await datalad.message.fill('All there is');
    await datalad.saveButton.click();
    await expect(changes).toContainText('The last save left the changes inside subdatasets behind.');
    expect(await terminal.run('git', ['status', '--porcelain'], 'study/stimuli')).not.toBe('');
    expect((await new AxeBuilder({ page }).include('#datalad-panel').analyze()).violations).toEqual([]);
    await changes.getByRole('button', { name: 'Save subdatasets, too' }).click();
    await expect(changes).toContainText('Everything saved');
    expect(await terminal.run('git', ['log', '-1', '--format=%s'], 'study/stimuli')).toBe('All there is');
    expect(await terminal.git('status', '--porcelain')).toBe('');
  });

  await test.step('a dataset where files are: around them', async () => {
    await datalad.execute('datalad:create', { path: `${tmpPath}/notes` });
    await expect(datalad.problems).toContainText('The folder is not empty.');
    await cure('Make a dataset around the files').click();
    await expect(datalad.panel.getByRole('heading', { name: 'notes' })).toBeVisible();
    await expect(changes.getByRole('checkbox', { name: 'todo.md' })).toBeVisible();
    expect(await readFile(join(workspace, 'notes/todo.md'), 'utf8')).toBe('An ordinary folder: no dataset.\n');
  });

  await test.step('a clone from a place where nothing is, or to one that is taken', async () => {
    await datalad.execute('datalad:clone', { source: join(workspace, 'nothing'), path: `${tmpPath}/copy` });
    await expect(datalad.problems).toContainText('The dataset could not be cloned.');
    await cure('Clone…').click();
    const source = datalad.dialog.getByRole('textbox', { name: 'Source: a path or URL' });
    await expect(source).toHaveValue(join(workspace, 'nothing'));
    await datalad.decline();
    await dismiss();
    await datalad.execute('datalad:clone', { source: join(workspace, 'study'), path: `${tmpPath}/notes` });
    await cure('Clone to another folder…').click();
    await expect(source).toHaveValue(join(workspace, 'study'));
    await datalad.decline();
    await dismiss();
  });
});
