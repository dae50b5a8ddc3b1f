import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { originFolder } from '../support/template';
import { contentHash, processesIn, processesWith } from '../support/terminal';

const MOVIE = 'movie with spaces – é.mp4';

test('a get that was killed with its server is told, resumed and comes to its end', async ({
  datalad,
  jupyter,
  page,
  terminal,
  workspace
}) => {
  await terminal.throttle('origin', 400_000);
  await datalad.openFolder('study');
  await datalad.openPanel();
  const interrupted = datalad.panel.getByRole('list', { name: 'Interrupted' });

  await test.step('the server is killed in the middle', async () => {
    await datalad.expectHere('no', MOVIE);
    await datalad.openMenu(MOVIE);
    await datalad.menuEntry(/^Get, 4\.8 MB/).click();
    await expect.poll(async () => Number(await datalad.progress.getAttribute('aria-valuenow'))).toBeGreaterThan(2);
    const [server] = await processesWith(`--root\0${jupyter.root}\0`);
    process.kill(server!, 'SIGKILL');
    await page.reload();
    await expect(interrupted).toContainText(`Get ${MOVIE} was interrupted`);
    await expect(interrupted).toContainText('study');
    // Nothing of the dead server's is at work any more when it is told.
    expect(await processesIn(join(workspace, 'study'))).toEqual([]);
  });

  await test.step('Resume, by the keyboard, gets the rest', async () => {
    await terminal.unthrottle('origin');
    await datalad.expectHere('no', MOVIE);
    await interrupted.getByRole('button', { name: 'Resume' }).focus();
    await page.keyboard.press('Enter');
    await datalad.expectHere('yes', MOVIE);
    await expect(interrupted).toHaveCount(0);
    expect(await contentHash(join(workspace, 'study', MOVIE))).toBe(await contentHash(join(originFolder(), 'study', MOVIE)));
    expect(await terminal.annex('fsck', '--quiet', '--', MOVIE)).toBe('');
  });

  await test.step('a lock that was left behind is removed by a click, not by Enter', async () => {
    const lock = join(workspace, 'study', '.git', 'index.lock');
    await writeFile(lock, '');
    const then = new Date(Date.now() - 125_000);
    await utimes(lock, then, then);
    await datalad.panel.getByRole('button', { name: 'Refresh' }).first().click();
    const remove = datalad.panel.getByRole('button', { name: 'Remove the lock…' });
    await remove.click();
    await expect(datalad.dialog).toContainText('study/.git/index.lock');
    await expect(datalad.dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(datalad.dialog).toHaveCount(0);
    await remove.click();
    await datalad.dialog.getByRole('button', { name: 'Remove the lock' }).click();
    await expect(remove).toHaveCount(0);
    expect(await terminal.git('status', '--porcelain', '--', MOVIE)).toBe('');
  });
});
