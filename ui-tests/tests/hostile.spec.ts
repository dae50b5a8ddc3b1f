import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures';

const MARKUP = '<img src=x onerror=alert(1)>';
const NAMES = [`${MARKUP}.txt`, '<blink>bold<blink>.txt', '\u202etxt.exe', '\x1b[31mred.txt', '"\'`${alert(1)}`.txt'];
const REMOTE = 'remote-secret-1';
const QUERY = 'query-secret-2';
const WRITTEN = 'written-secret-3';

/** Elements that a name, message or address would have made, and addresses that lead to something else than a page. */
function made(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const elements = [
      ...document.querySelectorAll('img[src="x"], svg[onload], blink, script[src="x"], [onerror], [onload], [onclick]')
    ];
    const links = [...document.querySelectorAll('#datalad-panel a[href], .jp-Dialog a[href], .Toastify a[href]')]
      .map(link => link.getAttribute('href') ?? '')
      .filter(address => !/^(?:https?:\/\/|#)/.test(address));
    return [...elements.map(element => element.outerHTML), ...links];
  });
}

test('nothing that stands in a hostile dataset becomes an element, a link or a secret on the page', async ({
  page,
  datalad,
  tmpPath,
  workspace,
  terminal
}) => {
  const alerts: string[] = [];
  page.on('dialog', dialog => {
    alerts.push(dialog.message());
    void dialog.dismiss();
  });
  const address = `https://ada:${REMOTE}@127.0.0.1:1/${MARKUP.replaceAll(' ', '%20')}?token=${QUERY}`;
  await terminal.git('remote', 'add', 'html', address);
  await terminal.git('checkout', '-q', '-b', '<img/src=x/onerror=alert`1`>');
  await Promise.all(NAMES.map(name => writeFile(join(workspace, 'study', name), name)));

  await datalad.goTo(`${tmpPath}/study`);
  await datalad.openPanel('Changes', 'Data', 'Commands');
  for (const name of [`${MARKUP}.txt`, '<blink>bold<blink>.txt']) {
    await expect(datalad.section('Changes').getByText(name).first()).toBeVisible();
    await datalad.row(name).hover();
  }
  expect(await made(page)).toEqual([]);

  const message = `${MARKUP} https://ada:${WRITTEN}@host/x javascript:alert(1)`;
  const paths = [`${tmpPath}/study/${MARKUP}.txt`];
  expect((await datalad.execute('datalad:save', { paths, message })).status).toBe('ok');
  await terminal.git('-c', `user.name=${MARKUP}`, 'commit', '-q', '--allow-empty', '-m', `By hand: ${message}`);
  await expect(datalad.section('Commands').getByText('By hand').first()).toBeVisible();
  const clone = await datalad.execute('datalad:clone', { source: address, path: `${tmpPath}/<blink>clone<blink>` });
  expect(clone.status).toBe('error');
  await expect(datalad.panel.getByRole('alert').first()).toBeVisible();
  for (const details of await datalad.panel.locator('details:not([open]) > summary').all()) {
    await details.click();
  }
  expect(await made(page)).toEqual([]);

  const asked = datalad.execute('datalad:save', { dataset: `${tmpPath}/study` });
  await expect(datalad.dialog.getByText('<blink>bold<blink>.txt').first()).toBeVisible();
  expect(await made(page)).toEqual([]);
  const markup = await page.evaluate(() => document.documentElement.outerHTML);
  expect(markup).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect([REMOTE, QUERY, WRITTEN].filter(secret => markup.includes(secret))).toEqual([]);
  expect(JSON.stringify(clone)).not.toContain(REMOTE);
  await datalad.decline();
  expect((await asked).status).toBe('cancelled');
  expect(alerts).toEqual([]);
});
