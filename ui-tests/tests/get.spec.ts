import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { originFolder } from '../support/template';
import { contentHash, processesIn } from '../support/terminal';

const MOVIE = 'movie with spaces – é.mp4';

test('a get shows its progress, is cancelled without a trace, and resumes', async ({ datalad, terminal, workspace }) => {
  await terminal.throttle('origin', 400_000);
  await datalad.openFolder('study');
  await datalad.openPanel('Commands');

  await test.step('from the top of the context menu', async () => {
    await datalad.expectHere('no', MOVIE);
    await datalad.openMenu(MOVIE);
    await datalad.menuEntry(/^Get, 4\.8 MB/).click();
    await expect(datalad.progress).toHaveAccessibleName(`Get ${MOVIE}`);
    await expect.poll(async () => Number(await datalad.progress.getAttribute('aria-valuenow'))).toBeGreaterThan(2);
    await expect(datalad.nameOf(MOVIE)).toHaveAttribute('aria-description', /coming, \d+ %/);
  });

  await test.step('Cancel ends it, and every process of it', async () => {
    const start = Date.now();
    await datalad.panel.getByRole('button', { name: 'Cancel', exact: true }).first().click();
    await expect(datalad.progress).toHaveCount(0);
    await expect(
      datalad
        .section('Commands')
        .getByText(/^cancelled/)
        .first()
    ).toBeVisible();
    await expect.poll(() => processesIn(join(workspace, 'study'))).toEqual([]);
    expect(Date.now() - start).toBeLessThan(3_000);
    await datalad.expectHere('no', MOVIE);
  });

  await test.step('a second get goes on where the first one stopped', async () => {
    await terminal.unthrottle('origin');
    await datalad.choose(MOVIE, /^Get, 4\.8 MB/);
    await datalad.expectHere('yes', MOVIE);
    await expect(datalad.nameOf(MOVIE)).toHaveAttribute('aria-description', 'here, 4.8 MB');
    expect(await contentHash(join(workspace, 'study', MOVIE))).toBe(await contentHash(join(originFolder(), 'study', MOVIE)));
    expect(await terminal.git('status', '--porcelain', '--', MOVIE)).toBe('');
  });
});

test('folders and subdatasets are got after a look', async ({ datalad, terminal, tmpPath, workspace }) => {
  await datalad.openFolder('study/data');

  await test.step('several rows at once', async () => {
    await datalad.row('sub-03').click();
    await datalad.row('sub-04').click({ modifiers: ['Shift'] });
    await datalad.choose('sub-04', /^Get 4 files, /);
    await expect(datalad.dialog).toContainText('To come: 4 files, 1.2 MB');
    await expect(datalad.dialog).toContainText('From: origin');
    await expect(datalad.dialog).toContainText('Free space: ');
    await datalad.accept();
    await datalad.expectHere('yes', 'sub-03', 'sub-04');
    expect(await terminal.annex('find', '--not', '--in', 'here', 'data/sub-03', 'data/sub-04')).toBe('');
  });

  await test.step('a subdataset, alone', async () => {
    await datalad.goTo(`${tmpPath}/study`);
    await datalad.choose('recordings', /Without Content/);
    await expect(datalad.row('recordings')).toHaveAttribute('data-datalad-kind', 'dataset');
    await datalad.expectHere('no', 'recordings');
  });

  await test.step('and then its content', async () => {
    await datalad.choose('recordings', /^Get 3 files, 2\.6 MB/);
    await datalad.accept();
    await datalad.expectHere('yes', 'recordings');
    const session = join('recordings', 'session-2.edf');
    expect(await contentHash(join(workspace, 'study', session))).toBe(await contentHash(join(originFolder(), session)));
  });
});

test('the command get resolves with what happened', async ({ datalad, tmpPath, workspace }) => {
  const bold = `${tmpPath}/study/data/sub-07/bold.nii.gz`;
  const outcome = await datalad.execute('datalad:get', { paths: [bold] });
  expect(outcome).toMatchObject({ status: 'ok', jobs: [expect.any(String)] });
  expect(outcome.results).toContainEqual(expect.objectContaining({ action: 'get', status: 'ok', path: bold, type: 'file' }));
  const origin = join(originFolder(), 'study', 'data', 'sub-07', 'bold.nii.gz');
  expect(await contentHash(join(workspace, 'study', 'data', 'sub-07', 'bold.nii.gz'))).toBe(await contentHash(origin));

  const again = await datalad.execute('datalad:get', { paths: [bold] });
  expect(again.status).toBe('ok');
  expect(again.results).toContainEqual(expect.objectContaining({ status: 'notneeded', path: bold }));

  const missing = await datalad.execute('datalad:get', { paths: [`${tmpPath}/study/no such file`] });
  expect(missing.status).toBe('error');
  const nowhere = await datalad.execute('datalad:get', { paths: [`${tmpPath}/notes/todo.md`] });
  expect(nowhere).toMatchObject({ status: 'error', failure: { kind: 'not-a-dataset' } });

  const status = await datalad.execute('datalad:status', { paths: [`${tmpPath}/study/data/sub-07`] });
  expect(status['rows']).toContainEqual(
    expect.objectContaining({ name: 'bold.nii.gz', path: bold, kind: 'annex', here: 'yes', bytes: 400_000 })
  );
  expect(status['totals']).toMatchObject({ here: { files: expect.any(Number) }, notHere: { files: expect.any(Number) } });
});
