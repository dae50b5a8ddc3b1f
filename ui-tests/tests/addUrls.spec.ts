import { createServer, type Server } from 'node:http';
import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/fixtures';

/** No text, so that it is annexed. */
const CONTENT = Buffer.from('\0measured');
const ALLOWED = 'annex.security.allowed-ip-addresses';
let server: Server;
let origin: string;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const found = request.url?.startsWith('/data/') === true;
    response.writeHead(found ? 200 : 404).end(found ? Buffer.concat([CONTENT, Buffer.from(request.url ?? '')]) : '');
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => server.close());

test('files of a table are downloaded with their sources, once each row can be', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  // Git-annex loads nothing from this machine by itself.
  await terminal.git('config', '--global', ALLOWED, '127.0.0.1');
  const { dialog } = datalad;
  const table = (rows: readonly string[]): Promise<void> =>
    writeFile(join(workspace, 'study/table.csv'), ['url,subject', ...rows, ''].join('\n'));
  await table([`${origin}/data/a.bin,s1`, `${origin}/data/b.bin,../s2`, ',s3']);
  await datalad.openFolder('study');
  const before = await terminal.git('status', '--porcelain');

  await datalad.choose('table.csv', /Table of Addresses/);
  const names = dialog.getByRole('textbox', { name: /^File names/ });

  await test.step('formats are proposed, and rows that cannot be downloaded told', async () => {
    await expect(dialog.getByRole('textbox', { name: 'Addresses' })).toHaveValue('{url}');
    await expect(names).toHaveValue('{_url_basename}');
    await names.fill('new/{subject}.bin');
    await expect(dialog.getByRole('list', { name: 'What keeps it from being downloaded' })).toContainText('new/../s2.bin');
    await expect(dialog.getByRole('button', { name: 'Download', exact: true })).toBeDisabled();
    await names.fill('new/{subject');
    await expect(dialog).toContainText('Braces come in pairs');
    await page.screenshot({ path: test.info().outputPath('flaws.png') });
  });

  await test.step('the line is shown as the form is filled', async () => {
    await names.fill('new/{_url_basename}');
    await dialog.getByRole('textbox', { name: /^Message/ }).fill('Add measurements');
    await expect(dialog.getByRole('status')).toHaveText('2 files to download · 1 row without an address');
    await expect(dialog.getByRole('group', { name: 'Command' })).toHaveText(
      "$ datalad addurls -x '*' -m 'Add measurements' table.csv '{url}' 'new/{_url_basename}'"
    );
    const { violations } = await new AxeBuilder({ page }).include('.jp-Dialog').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('rows.png') });
  });

  await test.step('what came is saved, and nothing else', async () => {
    await dialog.getByRole('button', { name: 'Download', exact: true }).click();
    await expect(dialog).toBeHidden();
    await datalad.openFolder('new');
    await datalad.expectHere('yes', 'a.bin', 'b.bin');
    expect((await readFile(join(workspace, 'study/new/a.bin'))).subarray(0, CONTENT.length).equals(CONTENT)).toBe(true);
    expect(await terminal.annex('whereis', 'new/a.bin')).toContain(`web: ${origin}/data/a.bin`);
    expect(await terminal.git('log', '-1', '--format=%s', '--name-only')).toBe('Add measurements\n\nnew/a.bin\nnew/b.bin');
    expect(await terminal.git('status', '--porcelain')).toBe(before);
  });
  await terminal.git('config', '--global', '--unset', ALLOWED);
});
