import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from '../support/fixtures';

const MARKUP = '<img src=x onerror=alert(1)>';
const LINE_BREAK = 'new\nline';
/** A byte that is no UTF-8 reaches JavaScript as half of a surrogate pair. */
const LATIN = 'caf\udce9';
const NAMES = [
  'caf',
  LATIN,
  LINE_BREAK,
  MARKUP,
  '\u202egpj.exe',
  'esc\x1b[31mred',
  '-n',
  ':(glob)**',
  'bytes:Y2Fm',
  '$(touch PWNED)',
  'it\'s "it"',
  'é',
  'e\u0301',
  'zero\u200bwidth',
  '[object Object]'
];

function fileName(name: string): Buffer {
  return name === LATIN ? Buffer.from('caf\xe9', 'latin1') : Buffer.from(name);
}

/** Letters by their numbers: halves of pairs would be lost on the way from the page. */
function codes(name: string): string {
  return [...Array(name.length).keys()].map(at => name.charCodeAt(at).toString(16)).join(' ');
}

test('names that mean something elsewhere are names: one row each, and each action for its own file', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  const asked: string[] = [];
  page.on('dialog', dialog => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await terminal.run('git', ['init', '-q', '.nasty']);
  await terminal.run('git', ['annex', 'init', '-q'], '.nasty');
  for (const [index, name] of NAMES.entries()) {
    await writeFile(Buffer.concat([Buffer.from(join(workspace, '.nasty/')), fileName(name)]), `content ${index}`);
  }
  await terminal.run('git', ['annex', 'add', '-q', '--force-large', '.'], '.nasty');
  await terminal.run('git', ['commit', '-q', '-m', 'Names'], '.nasty');
  await terminal.run('git', ['clone', '-q', '.nasty', 'nasty']);
  await terminal.run('git', ['annex', 'init', '-q'], 'nasty');

  const items = datalad.files.locator('.jp-DirListing-item');
  const rows = (): Promise<[codes: string, here: string | null][]> =>
    items.evaluateAll(nodes =>
      nodes.map(node => {
        const text = node.querySelector('.jp-DirListing-itemText')?.textContent ?? '';
        const letters = [...Array(text.length).keys()].map(at => text.charCodeAt(at).toString(16)).join(' ');
        return [letters, node.getAttribute('data-datalad-here')];
      })
    );
  const rowOf = async (name: string): Promise<Locator> =>
    items.nth((await rows()).findIndex(([letters]) => letters === codes(name)));
  const wanted = (...here: string[]): [string, string][] =>
    NAMES.map(name => [codes(name), here.includes(name) ? 'yes' : 'no'] as [string, string]).sort();
  const expectHere = (...here: string[]): Promise<void> =>
    expect.poll(async () => (await rows()).sort()).toEqual(wanted(...here));

  await datalad.openFolder('nasty');
  await expectHere();
  expect(await page.locator('img[src="x"]').count()).toBe(0);

  const here: string[] = [];
  for (const name of [LINE_BREAK, MARKUP, LATIN]) {
    await test.step(`get ${JSON.stringify(name)}`, async () => {
      await (await rowOf(name)).click({ button: 'right' });
      await datalad.menuEntry(/^Get/).click();
      here.push(name);
      await expectHere(...here);
    });
  }
  await datalad.openPanel('Commands');
  await expect(datalad.section('Commands').getByText('Get new␊line').first()).toBeVisible();
  await expect(datalad.section('Commands').getByText('Get caf\\xe9').first()).toBeVisible();
  while (here.length > 0) {
    const name = here.pop() ?? '';
    await test.step(`drop ${JSON.stringify(name)}`, async () => {
      await (await rowOf(name)).click({ button: 'right' });
      await page.locator('.lm-Menu').getByText('DataLad', { exact: true }).hover();
      await expect(page.locator('.lm-Menu')).toHaveCount(2);
      await datalad.menuEntry(/^Drop/).click();
      await expect
        .poll(
          async () =>
            (await datalad.dialog.count()) > 0 ||
            (await rows()).sort().join() ===
              wanted(...here)
                .sort()
                .join()
        )
        .toBe(true);
      if ((await datalad.dialog.count()) > 0) {
        await datalad.accept();
      }
      await expectHere(...here);
    });
  }
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  expect(asked).toEqual([]);
});
