import { galata } from '@jupyterlab/galata';
import { expect, test } from '../support/fixtures';

/** Bytes of code and styles, uncompressed, that may be loaded before anybody opens the panel. */
const LIMIT = 300_000;

// Nobody's first dataset: the panel does not open by itself.
test.use({ mockSettings: { ...galata.DEFAULT_SETTINGS, 'jupyterlab-datalad:panel': { openFirstTime: false } } });

test('little is loaded at start, the panel when it is opened', async ({ datalad, page }) => {
  const fetched: Promise<number>[] = [];
  page.on('response', response => {
    if (response.url().includes('/extensions/jupyterlab-datalad/')) {
      fetched.push(response.body().then(({ length }) => length));
    }
  });
  const total = async (): Promise<number> => (await Promise.all(fetched)).reduce((sum, bytes) => sum + bytes, 0);
  await page.reload();
  await datalad.openFolder('study');
  await expect(datalad.row('notes.txt')).toHaveAttribute('data-datalad-state', 'ready');
  const atStart = await total();
  await datalad.openPanel();
  await expect.poll(total).toBeGreaterThan(atStart);
  const withPanel = await total();
  console.log(`Loaded at start: ${Math.round(atStart / 1_000)} kB; with the panel: ${Math.round(withPanel / 1_000)} kB`);
  expect(atStart).toBeGreaterThan(0);
  expect(atStart).toBeLessThan(LIMIT);
});
