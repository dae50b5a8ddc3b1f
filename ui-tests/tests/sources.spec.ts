import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../support/fixtures';

/** No text, so that it is annexed. */
const CONTENT = Buffer.from('\0measured');
let server: Server;
let origin: string;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const found = request.url?.startsWith('/data/') === true;
    response.writeHead(found ? 200 : 404).end(found ? CONTENT : '');
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => server.close());

test('a file is downloaded with its source, from a form', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const { dialog } = datalad;
  await datalad.openFolder('study');
  const done = datalad.execute('datalad:download-url');
  const address = dialog.getByRole('textbox', { name: 'Address' });
  const accept = dialog.getByRole('button', { name: 'Download', exact: true });

  await test.step('what cannot be downloaded is said, and cannot be accepted', async () => {
    await address.fill('file:///etc/passwd');
    await expect(dialog).toContainText('this kind of address');
    await address.fill(`${origin.replace('//', '//ada:secret@')}/data/a.bin`);
    await expect(dialog).toContainText('a password or a key');
  });

  await test.step('the line is shown as the form is filled', async () => {
    await address.fill(`${origin}/data/a.bin`);
    await expect(dialog.getByRole('textbox', { name: 'File name' })).toHaveValue('a.bin');
    await dialog.getByRole('textbox', { name: 'File name' }).fill('b.bin');
    await dialog.getByRole('textbox', { name: /^Message/ }).fill('Add measurements');
    await expect(dialog.getByRole('group', { name: 'Command' })).toHaveText(
      `$ datalad download-url -m 'Add measurements' -O b.bin ${origin}/data/a.bin`
    );
    const { violations } = await new AxeBuilder({ page }).include('.jp-Dialog').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('download.png') });
  });

  await test.step('it is saved, and can be dropped', async () => {
    await accept.click();
    expect(await done).toMatchObject({ status: 'ok' });
    await datalad.expectHere('yes', 'b.bin');
    expect((await readFile(join(workspace, 'study/b.bin'))).equals(CONTENT)).toBe(true);
    expect(await terminal.annex('whereis', 'b.bin')).toContain(`web: ${origin}/data/a.bin`);
    expect(await terminal.git('log', '-1', '--format=%s')).toContain('Add measurements');
  });

  await test.step('what the server does not have is told in plain words', async () => {
    await datalad.openPanel('Commands');
    const failed = datalad.execute('datalad:download-url', { url: `${origin}/none`, path: `${tmpPath}/study/none.bin` });
    expect(await failed).toMatchObject({ status: 'error', failure: { kind: 'not-at-address' } });
    await expect(page.locator('#datalad-panel')).toContainText('There is nothing at this address.');
    await page.screenshot({ path: test.info().outputPath('failed.png') });
  });
});
