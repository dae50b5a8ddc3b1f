import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

test('a run that fails is seen to its end and saved anyway; of one that is cancelled just what it changed goes', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  test.setTimeout(60_000);
  const study = join(workspace, 'study');
  const dataset = `${tmpPath}/study`;
  await terminal.run('datalad', ['save', '-m', 'All'], 'study');
  await datalad.openFolder('study');
  await datalad.openPanel('Commands');

  await test.step('one that fails', async () => {
    const command = 'seq 1 500; echo half > half.txt; echo "no more beans" >&2; exit 3';
    const asked = datalad.execute('datalad:run', { dataset, command, message: 'Count beans' });
    await datalad.dialog.getByRole('button', { name: 'Run', exact: true }).click();
    expect(await asked).toMatchObject({ status: 'error', failure: { kind: 'command-failed' } });
    const end = datalad.panel.getByRole('group', { name: 'The end of what it printed' }).first();
    await expect(end).toContainText('no more beans');
    await expect(end).toBeInViewport({ ratio: 0.9 });
    await page.screenshot({ path: test.info().outputPath('failed.png') });
    await datalad.panel.getByRole('button', { name: 'Save anyway' }).first().click();
    await expect.poll(() => terminal.git('log', '-1', '--format=%s')).toBe('[DATALAD RUNCMD] Count beans');
    expect(await terminal.git('show', '--format=', '--name-only', 'HEAD')).toBe('half.txt');
    expect(await terminal.git('log', '-1', '--format=%b')).toContain('"exit": 3');
  });

  await test.step('one that is cancelled, beside an edit of somebody', async () => {
    await writeFile(join(study, 'README.md'), 'My own words.\n');
    const asked = datalad.execute('datalad:run', {
      dataset,
      command: 'echo more >> half.txt; echo 1 > made.txt; sleep 600',
      message: 'Make it',
      outputs: ['made.txt'],
      explicit: true
    });
    await datalad.dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await expect.poll(() => existsSync(join(study, 'made.txt'))).toBe(true);
    await datalad.panel
      .getByRole('button', { name: /^Cancel/u })
      .first()
      .click();
    expect((await asked).status).toBe('cancelled');
    await writeFile(join(study, 'later.txt'), 'Written since.\n');
    const entry = datalad.section('Commands').getByRole('listitem').filter({ hasText: 'Make it' }).first();
    await expect(entry).toHaveAttribute('data-state', 'cancelled');
    await entry
      .getByRole('button', { name: /Make it/u })
      .first()
      .click();
    await entry.getByRole('button', { name: 'Discard what it changed…' }).click();
    const files = datalad.dialog.getByRole('list', { name: 'Files' });
    await expect(files.getByRole('listitem')).toHaveText([/^half\.txt/u, /^made\.txt/u]);
    await page.screenshot({ path: test.info().outputPath('discard.png') });
    await datalad.accept();
    await expect.poll(() => existsSync(join(study, 'made.txt'))).toBe(false);
    await expect.poll(() => terminal.git('status', '--porcelain')).toBe(' M README.md\n?? later.txt');
    expect(await readFile(join(study, 'half.txt'), 'utf8')).toBe('half\n');
    expect(await readFile(join(study, 'README.md'), 'utf8')).toBe('My own words.\n');
  });
});

test('what a hostile record would do is in sight, whatever stands before it, and is not done where that is cancelled', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  test.setTimeout(60_000);
  await terminal.run('datalad', ['save', '-m', 'All'], 'study');
  const blanks = [' '.repeat(3_000), '\u3000'.repeat(3_000), '\u200b\u00a0 \u2003'.repeat(750), '\n'.repeat(3_000)];
  const commands = blanks.map((blank, at) => `true${blank};touch ../owned-${at}.txt`);
  const dsid = await terminal.git('config', '-f', '.datalad/config', 'datalad.dataset.id');
  for (const cmd of commands) {
    const record = JSON.stringify({ chain: [], cmd, dsid, exit: 0, extra_inputs: [], inputs: [], outputs: [], pwd: '.' });
    const lines = ['=== Do not change lines below ===', record, '^^^ Do not change lines above ^^^'];
    await terminal.git('commit', '-q', '--allow-empty', '-m', `[DATALAD RUNCMD] Harmless\n\n${lines.join('\n')}`);
  }
  const head = await terminal.git('rev-parse', 'HEAD');
  await datalad.openFolder('study');
  for (const [at] of commands.entries()) {
    const commit = await terminal.git('rev-parse', `HEAD~${commands.length - 1 - at}`);
    const asked = datalad.execute('datalad:rerun', { dataset: `${tmpPath}/study`, commit });
    const payload = datalad.dialog.getByText(`touch ../owned-${at}.txt`).first();
    await expect(payload).toBeInViewport();
    // The whole command is on few lines: what is behind the blanks needs no scrolling.
    expect((await payload.boundingBox())?.height ?? Infinity).toBeLessThan(200);
    await page.screenshot({ path: test.info().outputPath(`hostile-${at}.png`) });
    await datalad.decline();
    expect((await asked).status).toBe('cancelled');
  }
  expect(commands.map((_, at) => existsSync(join(workspace, `owned-${at}.txt`)))).not.toContain(true);
  expect([await terminal.git('rev-parse', 'HEAD'), await terminal.git('status', '--porcelain')]).toEqual([head, '']);
});
